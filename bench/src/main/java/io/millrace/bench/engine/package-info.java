/**
 * Programs that do the same job on the same clicks, to be compared by what they cost.
 *
 * <p>Each is a {@link io.millrace.bench.engine.Contender} and runs in a JVM of its own. Never
 * shipped.
 */
@NullMarked
package io.millrace.bench.engine;

import org.jspecify.annotations.NullMarked;
