/** Sessions of visitors: kept while events come, counted by changes, closed when no more come. */
@NullMarked
package io.millrace.streams.session;

import org.jspecify.annotations.NullMarked;
