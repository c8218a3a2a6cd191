package io.millrace.server.cluster;

import io.millrace.server.broker.LocalBroker;
import io.millrace.server.instance.Role;
import java.util.stream.Collectors;

/** What runs where, for a person. */
public final class ClusterTable {
  private static final String ROW = "  %-12s %-18s %-30s %8s%n";

  private ClusterTable() {}

  /** A line for each part. */
  public static String of(LocalCluster cluster) {
    var text = new StringBuilder();
    text.append(ROW.formatted("what", "roles or rack", "where", "pid"));
    for (LocalBroker broker : cluster.kafka().brokers()) {
      text.append(
          ROW.formatted(
              "broker-" + broker.id(),
              broker.rack(),
              broker.clientAddress(),
              broker.processId().map(String::valueOf).orElse("-")));
    }
    for (ClusterProcess process : cluster.processes()) {
      text.append(
          ROW.formatted(
              process.name(),
              process.roles().stream().map(Role::label).sorted().collect(Collectors.joining(", ")),
              process.url(),
              process.processId().map(String::valueOf).orElse("-")));
    }
    return text.toString();
  }
}
