/** Files of the class path, ready to be served. */
@NullMarked
package io.millrace.query.files;

import org.jspecify.annotations.NullMarked;
