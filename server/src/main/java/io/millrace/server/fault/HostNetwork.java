package io.millrace.server.fault;

import io.millrace.server.ExitSequence;
import io.millrace.server.fault.SwitchRules.Drop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hosts with an address each, on this machine: network namespaces, joined by a switch in one more.
 *
 * <pre>
 *   clients, in the machine's own namespace      host 1    host 2    host 3
 *        198.18.x.254                           …x.1      …x.2      …x.3      eth0 of each
 *              │ c                                │ h1      │ h2      │ h3    ports of the switch
 *              └──────────────────────────────────┴── bridge ─────────┘
 * </pre>
 *
 * All that goes between two hosts, or between a host and the clients, passes the switch, where it
 * can be lost; nobody is told, as when a cable is cut. What a host says to itself stays with it. No
 * rule of the machine's own network is touched. The namespaces go away when this is closed, at the
 * end of the process, and if that was killed, when the next network is made. Safe for use by
 * several threads.
 */
public final class HostNetwork implements AutoCloseable {

  /** The switch's port towards the machine's own namespace, where the clients are. */
  static final String CLIENTS = "c";

  private final NetworkNamespaces namespaces;
  private final List<NetworkHost> hosts;
  private final Map<Object, List<Drop>> lost = new HashMap<>();
  private boolean closed;

  private HostNetwork(NetworkNamespaces namespaces, List<NetworkHost> hosts) {
    this.namespaces = namespaces;
    this.hosts = List.copyOf(hosts);
  }

  /** Why there can be none on this machine; empty when there can. */
  public static Optional<String> missing() {
    return MachineNeed.NETWORK.missing();
  }

  /** Makes a network of so many hosts, after what killed processes have left of theirs. */
  public static HostNetwork create(int hosts) {
    NetworkNamespaces.removeOrphans();
    NetworkNamespaces namespaces = NetworkNamespaces.name(hosts);
    List<NetworkHost> made = new ArrayList<>();
    for (int number = 1; number <= hosts; number++) {
      made.add(new NetworkHost(number, namespaces.address(number), namespaces.enter("h" + number)));
    }
    var network = new HostNetwork(namespaces, made);
    ExitSequence.add(network);
    try {
      namespaces.create();
      return network;
    } catch (RuntimeException problem) {
      network.close();
      throw problem;
    }
  }

  /** The hosts, by number from 1. */
  public List<NetworkHost> hosts() {
    return hosts;
  }

  /** Where the hosts reach a service of the machine's own namespace. */
  public String clientAddress() {
    return namespaces.clientAddress();
  }

  /** Nothing from or to this host arrives anywhere. */
  public Fault isolated(NetworkHost host) {
    List<Drop> drops = new ArrayList<>(betweenPeers(host));
    drops.add(new Drop(host.port(), CLIENTS, SwitchRules.ALL));
    drops.add(new Drop(CLIENTS, host.port(), SwitchRules.ALL));
    return losing("host " + host.number() + " isolated", drops);
  }

  /** Nothing between this host and its peers arrives; clients reach it as before. */
  public Fault cutFromPeers(NetworkHost host) {
    return losing("host " + host.number() + " cut from its peers", betweenPeers(host));
  }

  /** Nothing that this host says arrives at its peers; it hears them, and clients reach it. */
  public Fault mute(NetworkHost host) {
    return losing(
        "host " + host.number() + " not heard by its peers",
        peers(host).stream()
            .map(peer -> new Drop(host.port(), peer.port(), SwitchRules.ALL))
            .toList());
  }

  /** Nothing that its peers say arrives at this host; they hear it, and clients reach it. */
  public Fault deaf(NetworkHost host) {
    return losing(
        "host " + host.number() + " does not hear its peers",
        peers(host).stream()
            .map(peer -> new Drop(peer.port(), host.port(), SwitchRules.ALL))
            .toList());
  }

  /** Of all packets, between hosts and to and from clients, so many are lost by chance. */
  public Fault lossy(int percent) {
    List<Drop> drops = new ArrayList<>();
    for (NetworkHost host : hosts) {
      peers(host).forEach(peer -> drops.add(new Drop(host.port(), peer.port(), percent)));
      drops.add(new Drop(host.port(), CLIENTS, percent));
      drops.add(new Drop(CLIENTS, host.port(), percent));
    }
    return losing(percent + " % of packets lost", drops);
  }

  /** This host's cable carries no more than so many megabits a second, each way. */
  public Fault slow(NetworkHost host, int megabits) {
    return new FaultSwitch(
        "host %d on a line of %d Mbit/s".formatted(host.number(), megabits),
        () -> namespaces.limit(host, megabits),
        () -> namespaces.unlimit(host));
  }

  /** Removes the namespaces, and with them all that connects them. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      ExitSequence.remove(this);
      namespaces.delete();
    }
  }

  private Fault losing(String description, List<Drop> drops) {
    var key = new Object();
    return new FaultSwitch(description, () -> lose(key, drops), () -> restore(key));
  }

  private synchronized void lose(Object key, List<Drop> drops) {
    lost.put(key, drops);
    apply();
  }

  private synchronized void restore(Object key) {
    lost.remove(key);
    apply();
  }

  private void apply() {
    if (!closed) {
      namespaces.filter(new SwitchRules(lost.values().stream().flatMap(List::stream).toList()));
    }
  }

  private List<Drop> betweenPeers(NetworkHost host) {
    List<Drop> drops = new ArrayList<>();
    for (NetworkHost peer : peers(host)) {
      drops.add(new Drop(host.port(), peer.port(), SwitchRules.ALL));
      drops.add(new Drop(peer.port(), host.port(), SwitchRules.ALL));
    }
    return drops;
  }

  private List<NetworkHost> peers(NetworkHost host) {
    return hosts.stream().filter(other -> other.number() != host.number()).toList();
  }
}
