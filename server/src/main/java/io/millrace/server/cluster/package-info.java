/**
 * A whole cluster on one machine: three brokers in racks, and processes in the roles of Millrace,
 * each of which can be stopped, killed, paused and started alone.
 */
@NullMarked
package io.millrace.server.cluster;

import org.jspecify.annotations.NullMarked;
