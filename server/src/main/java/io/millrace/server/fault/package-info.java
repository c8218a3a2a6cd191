/**
 * What drills break on purpose, and mend again: processes, the network between brokers, disks,
 * clocks, connections, files of state.
 *
 * <p>Each {@link io.millrace.server.fault.Fault} is one thing that really happens to machines, done
 * to processes and namespaces of this program's own and undone at the end of the process at the
 * latest. Where a machine does not allow it, {@link io.millrace.server.fault.MachineNeed} says what
 * is missing.
 */
@NullMarked
package io.millrace.server.fault;

import org.jspecify.annotations.NullMarked;
