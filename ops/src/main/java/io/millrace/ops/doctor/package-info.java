/**
 * Looks at a cluster and says what of it does not suit Millrace, and what to do. What is seen are
 * facts, which an adapter asks for; what they mean is judged by pure classes.
 */
@NullMarked
package io.millrace.ops.doctor;

import org.jspecify.annotations.NullMarked;
