package io.millrace.server.drill;

import io.millrace.server.fault.HostNetwork;
import io.millrace.server.fault.LoopDisk;
import java.util.Optional;
import java.util.stream.Stream;

/** What kind of cluster a drill is played on. */
public enum Stage {
  /** All brokers on this machine, as they are. */
  HERE,
  /** Each broker on a host of its own: a network namespace, and a disk in a file. */
  HOSTS,
  /** The same, with every write forced to disk before it is acknowledged. */
  DURABLE_HOSTS;

  /** Why this machine cannot have it; empty when it can. */
  public Optional<String> obstacle() {
    return this == HERE
        ? Optional.empty()
        : Stream.of(HostNetwork.missing(), LoopDisk.missing())
            .flatMap(Optional::stream)
            .findFirst();
  }
}
