/** Holds the pages of the documentation to what the program is. */
@NullMarked
package io.millrace.testing.documentation;

import org.jspecify.annotations.NullMarked;
