/**
 * Drills: load, one planned failure, recovery, and then the proof that nothing was lost, doubled or
 * misplaced.
 */
@NullMarked
package io.millrace.server.drill;

import org.jspecify.annotations.NullMarked;
