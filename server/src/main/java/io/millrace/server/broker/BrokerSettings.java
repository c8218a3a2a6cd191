package io.millrace.server.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Kafka's settings for one broker of a local Kafka. Every choice that differs from Kafka's default
 * stands here, with its reason.
 *
 * <p>The quorum's voters are static, by address: so the ports may differ at each start while the
 * data stays. (With a dynamic quorum the addresses are part of the data.)
 */
final class BrokerSettings {
  /** The least that Kafka allows. */
  private static final String COORDINATOR_SEGMENT_BYTES = String.valueOf(1 << 20);

  private BrokerSettings() {}

  /**
   * @param config what the whole should be like
   * @param addresses of all brokers
   * @param address of the one whose settings these are
   * @param dataFolder where that one keeps its data
   */
  static Map<String, String> of(
      LocalKafkaConfig config,
      List<BrokerAddress> addresses,
      BrokerAddress address,
      Path dataFolder) {
    Map<String, String> settings = new LinkedHashMap<>();
    identity(settings, addresses, address, dataFolder);
    config.security().ifPresent(security -> secure(settings, address, security));
    replication(settings, config.brokers());
    quickStart(settings, config.brokers());
    quickFailover(settings, config.brokers());
    streamsGroups(settings);
    smallFootprint(settings);
    if (config.durable()) {
      // For the whole broker, so that offsets, transaction state and changelogs are covered too.
      settings.put("log.flush.interval.messages", "1");
    }
    return settings;
  }

  private static void identity(
      Map<String, String> settings,
      List<BrokerAddress> addresses,
      BrokerAddress address,
      Path dataFolder) {
    String voters =
        addresses.stream()
            .map(voter -> voter.id() + "@" + voter.controller())
            .collect(Collectors.joining(","));
    settings.put("node.id", String.valueOf(address.id()));
    settings.put("process.roles", "broker,controller");
    settings.put("broker.rack", address.rack());
    settings.put("log.dirs", dataFolder.toString());
    settings.put(
        "listeners", "CLIENT://" + address.client() + ",CONTROLLER://" + address.controller());
    settings.put("advertised.listeners", "CLIENT://" + address.client());
    settings.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "CLIENT");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("controller.quorum.voters", voters);
  }

  /** Brokers get a listener of their own: clients log in otherwise than they do. */
  private static void secure(
      Map<String, String> settings, BrokerAddress address, BrokerSecurity security) {
    settings.merge(
        "listeners", "BROKER://" + address.broker(), (clients, own) -> own + "," + clients);
    settings.merge(
        "advertised.listeners",
        "BROKER://" + address.broker(),
        (clients, own) -> own + "," + clients);
    settings.put("listener.security.protocol.map", security.protocols());
    settings.put("inter.broker.listener.name", "BROKER");
    settings.putAll(security.settings());
  }

  private static void replication(Map<String, String> settings, int brokers) {
    String replicas = String.valueOf(brokers);
    String inSync = String.valueOf(brokers == 1 ? 1 : 2);
    settings.put("default.replication.factor", replicas);
    settings.put("min.insync.replicas", inSync);
    settings.put("offsets.topic.replication.factor", replicas);
    settings.put("transaction.state.log.replication.factor", replicas);
    settings.put("transaction.state.log.min.isr", inSync);
    settings.put("share.coordinator.state.topic.replication.factor", replicas);
    settings.put("share.coordinator.state.topic.min.isr", inSync);
    settings.put("unclean.leader.election.enable", "false");
    settings.put("auto.create.topics.enable", "false");
  }

  /**
   * Fewer internal partitions: each costs files to make at the first start and to recover after a
   * crash.
   */
  private static void quickStart(Map<String, String> settings, int brokers) {
    String partitions = String.valueOf(brokers == 1 ? 4 : 12);
    settings.put("offsets.topic.num.partitions", partitions);
    settings.put("transaction.state.log.num.partitions", partitions);
    settings.put("share.coordinator.state.topic.num.partitions", partitions);
    settings.put("group.initial.rebalance.delay.ms", "0");
    // Ten years: a group that has been away must go on where it was, not merge everything again.
    settings.put("offsets.retention.minutes", "5256000");
    settings.put("num.recovery.threads.per.data.dir", "2");
  }

  /**
   * A dead broker stalls its partitions until it is fenced; on one machine a heartbeat is seldom
   * late by seconds. One that is alone has nobody to take over from it, so it may be later.
   */
  private static void quickFailover(Map<String, String> settings, int brokers) {
    settings.put("broker.session.timeout.ms", brokers == 1 ? "3000" : "2000");
    settings.put("broker.heartbeat.interval.ms", brokers == 1 ? "500" : "400");
    // Before it takes a record of a transaction, a leader asks the coordinator of the transaction;
    // one that stands still would hold it, and the record, for 30 seconds.
    settings.put("request.timeout.ms", "3000");
    settings.put("controller.quorum.fetch.timeout.ms", "1000");
    settings.put("controller.quorum.election.timeout.ms", "500");
    settings.put("replica.lag.time.max.ms", "10000");
    // When leaders move, a follower may ask one that has not heard of it yet. After Kafka's second
    // of backoff nothing that waits for that follower would be acknowledged for a second.
    settings.put("replica.fetch.backoff.ms", "50");
    settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    // Who becomes a coordinator first reads all that was written, up to the segment that is not
    // compacted yet: with Kafka's 100 MB that takes seconds, in which nobody commits anything.
    settings.put("transaction.state.log.segment.bytes", COORDINATOR_SEGMENT_BYTES);
    settings.put("offsets.topic.segment.bytes", COORDINATOR_SEGMENT_BYTES);
  }

  /** What processors need that are given their work by the broker: the floors are 45 s and 5 s. */
  private static void streamsGroups(Map<String, String> settings) {
    settings.put("group.streams.min.session.timeout.ms", "6000");
    settings.put("group.streams.session.timeout.ms", "6000");
    settings.put("group.streams.min.heartbeat.interval.ms", "1000");
    settings.put("group.streams.heartbeat.interval.ms", "1500");
    settings.put("group.streams.initial.rebalance.delay.ms", "0");
  }

  private static void smallFootprint(Map<String, String> settings) {
    // Kafka's default of 128 MB is half the heap of one of three brokers.
    settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(8 * 1024 * 1024));
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
  }
}
