package io.millrace.server.drill;

import io.millrace.server.broker.BrokerPlace;
import io.millrace.server.broker.Hosting;
import io.millrace.server.broker.LocalBroker;
import io.millrace.server.broker.RestartPolicy;
import io.millrace.server.fault.Fault;
import io.millrace.server.fault.HostNetwork;
import io.millrace.server.fault.LoopDisk;
import io.millrace.server.fault.NetworkHost;
import io.millrace.server.fault.PowerLoss;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The hosts that the brokers of a cluster run on: each with an address in a network that can be
 * cut, and a disk that can be full or lose its power. Safe for use by several threads.
 */
public final class ClusterHosts implements AutoCloseable {
  private static final int DISK_MEGABYTES = 1_024;

  private final HostNetwork network;
  private final List<LoopDisk> disks;

  private ClusterHosts(HostNetwork network, List<LoopDisk> disks) {
    this.network = network;
    this.disks = List.copyOf(disks);
  }

  /**
   * Makes them.
   *
   * @param folder for the files that the disks are in
   */
  public static ClusterHosts create(Path folder, int count) {
    HostNetwork network = HostNetwork.create(count);
    List<LoopDisk> disks = new ArrayList<>();
    try {
      for (NetworkHost host : network.hosts()) {
        disks.add(LoopDisk.create(folder, "disk-" + host.number(), DISK_MEGABYTES));
      }
      return new ClusterHosts(network, disks);
    } catch (RuntimeException | Error problem) {
      disks.forEach(LoopDisk::close);
      network.close();
      throw problem;
    }
  }

  /** The brokers on these hosts; one that ends by itself is started again, as by a supervisor. */
  public Hosting hosting() {
    List<BrokerPlace> places = new ArrayList<>();
    for (NetworkHost host : network.hosts()) {
      places.add(
          BrokerPlace.HERE
              .at(host.address(), host.enter())
              .withDataFolder(disks.get(host.number() - 1).folder()));
    }
    return new Hosting(places, RestartPolicy.USUAL);
  }

  HostNetwork network() {
    return network;
  }

  NetworkHost of(LocalBroker broker) {
    return network.hosts().get(broker.id() - 1);
  }

  Fault fullDisk(LocalBroker broker) {
    return disks.get(broker.id() - 1).full();
  }

  /** All these brokers lose their power at the same moment. */
  Fault powerLoss(List<LocalBroker> brokers) {
    return PowerLoss.of(
        brokers.stream()
            .map(
                broker ->
                    new PowerLoss.Host(
                        disks.get(broker.id() - 1),
                        () ->
                            broker.processId().map(OptionalLong::of).orElseGet(OptionalLong::empty),
                        broker::kill,
                        broker::start))
            .toList());
  }

  @Override
  public void close() {
    try (network) {
      disks.forEach(LoopDisk::close);
    }
  }
}
