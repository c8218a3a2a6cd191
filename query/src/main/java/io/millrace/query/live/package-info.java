/** What happens on a site right now, computed once and pushed to everyone who watches. */
@NullMarked
package io.millrace.query.live;

import org.jspecify.annotations.NullMarked;
