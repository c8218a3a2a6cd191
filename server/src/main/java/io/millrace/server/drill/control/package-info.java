/**
 * Negative controls: what careless programs do to a real cluster, so that the checks of the drills
 * are seen to find it.
 */
@NullMarked
package io.millrace.server.drill.control;

import org.jspecify.annotations.NullMarked;
