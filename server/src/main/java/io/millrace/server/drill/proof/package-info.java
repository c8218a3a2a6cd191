/**
 * Whether what went in came out exactly once: checks that compare what a client knows with the log,
 * the log with its outcomes, and every view with an oracle. Pure; what they compare is read
 * elsewhere.
 */
@NullMarked
package io.millrace.server.drill.proof;

import org.jspecify.annotations.NullMarked;
