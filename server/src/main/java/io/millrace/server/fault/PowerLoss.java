package io.millrace.server.fault;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Hosts whose power fails at one moment. The processes are stopped first, so that there is one
 * moment for all of them; then nothing reaches the disks any more; then the processes are killed.
 * To heal is to switch the hosts on again: the disks have what had reached them, and the processes
 * are started.
 */
public final class PowerLoss {

  /**
   * A host, as far as power matters.
   *
   * @param disk what its process writes to
   * @param pid its process, while it runs
   * @param kill kills the process and returns when it is gone
   * @param start starts it again
   */
  public record Host(LoopDisk disk, Supplier<OptionalLong> pid, Runnable kill, Runnable start) {}

  private PowerLoss() {}

  /** The fault. */
  public static Fault of(List<Host> hosts) {
    List<Host> all = List.copyOf(hosts);
    String names = all.stream().map(host -> host.disk().name()).collect(Collectors.joining(", "));
    return new FaultSwitch("power lost: " + names, () -> lose(all), () -> restore(all));
  }

  private static void lose(List<Host> hosts) {
    hosts.forEach(host -> host.pid().get().ifPresent(Signal.STOP::send));
    LoopDisk.losePower(hosts.stream().map(Host::disk).toList());
    hosts.forEach(host -> host.kill().run());
  }

  private static void restore(List<Host> hosts) {
    hosts.forEach(host -> host.kill().run());
    hosts.forEach(host -> host.disk().restorePower());
    hosts.forEach(host -> host.start().run());
  }
}
