/** Reads what the checks of a drill compare: topics with plain consumers, views over HTTP. */
@NullMarked
package io.millrace.server.drill.read;

import org.jspecify.annotations.NullMarked;
