/** What {@code millrace doctor} looks at on this machine, and how it tells all that was found. */
@NullMarked
package io.millrace.server.doctor;

import org.jspecify.annotations.NullMarked;
