/**
 * Simulated traffic for the demo: a site whose visitors behave like a real one's, and what brings
 * its events to a collector at a given rate.
 */
@NullMarked
package io.millrace.server.traffic;

import org.jspecify.annotations.NullMarked;
