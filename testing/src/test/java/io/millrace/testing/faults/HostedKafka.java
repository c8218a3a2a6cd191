package io.millrace.testing.faults;

import static org.awaitility.Awaitility.await;

import io.millrace.server.broker.BrokerPlace;
import io.millrace.server.broker.Hosting;
import io.millrace.server.broker.LocalBroker;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.server.broker.RestartPolicy;
import io.millrace.server.fault.HostNetwork;
import io.millrace.server.fault.LoopDisk;
import io.millrace.server.fault.NetworkHost;
import io.millrace.server.fault.PowerLoss;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Three brokers on three hosts of their own: each with an address in a network that can be cut, and
 * with its data on a disk that can be full or lose its power. One that ends by itself is started
 * again, as by a supervisor.
 */
final class HostedKafka implements AutoCloseable {
  static final int HOSTS = 3;
  static final int PARTITIONS = 6;
  private static final int DISK_MEGABYTES = 1_024;
  private static final Duration START_PATIENCE = Duration.ofMinutes(4);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final HostNetwork network;
  private final List<LoopDisk> disks;
  private final LocalKafka kafka;
  private final Admin admin;
  private int topics;

  private HostedKafka(HostNetwork network, List<LoopDisk> disks, LocalKafka kafka) {
    this.network = network;
    this.disks = disks;
    this.kafka = kafka;
    admin = Admin.create(clientSettings());
  }

  /** Why there can be none on this machine; empty when there can. */
  static Optional<String> missing() {
    return Stream.of(HostNetwork.missing(), LoopDisk.missing())
        .flatMap(Optional::stream)
        .findFirst();
  }

  static HostedKafka start(Path folder, boolean durable) {
    HostNetwork network = HostNetwork.create(HOSTS);
    List<LoopDisk> disks = new ArrayList<>();
    try {
      List<BrokerPlace> places = new ArrayList<>();
      for (NetworkHost host : network.hosts()) {
        LoopDisk disk =
            LoopDisk.create(folder.resolve("disks"), "disk-" + host.number(), DISK_MEGABYTES);
        disks.add(disk);
        places.add(BrokerPlace.HERE.at(host.address(), host.enter()).withDataFolder(disk.folder()));
      }
      LocalKafkaConfig config =
          LocalKafkaConfig.threeBrokers(folder.resolve("kafka"))
              .withDurable(durable)
              .withStartTimeout(START_PATIENCE);
      LocalKafka kafka = LocalKafka.start(config, new Hosting(places, RestartPolicy.USUAL));
      return new HostedKafka(network, disks, kafka);
    } catch (RuntimeException | Error problem) {
      disks.forEach(LoopDisk::close);
      network.close();
      throw problem;
    }
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  HostNetwork network() {
    return network;
  }

  /** What a client is told that would rather ask another broker than wait for one that is gone. */
  Map<String, Object> clientSettings() {
    return Map.of(
        "bootstrap.servers", kafka.bootstrapServers(),
        "request.timeout.ms", 4_000,
        "socket.connection.setup.timeout.ms", 1_500,
        "socket.connection.setup.timeout.max.ms", 3_000);
  }

  /** Makes a topic of six partitions with three replicas each. */
  String newTopic() throws ExecutionException, InterruptedException {
    String topic = "trial-" + ++topics;
    admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) HOSTS))).all().get();
    awaitFullIsr(topic);
    return topic;
  }

  /** The broker that leads the first partition of a topic. */
  LocalBroker leader(String topic) {
    return kafka.brokers().get(description(topic).partitions().getFirst().leader().id() - 1);
  }

  /** The broker whose controller leads the quorum. */
  LocalBroker controller() throws ExecutionException, InterruptedException {
    int id = admin.describeMetadataQuorum().quorumInfo().get().leaderId();
    return kafka.brokers().get(id - 1);
  }

  List<LocalBroker> brokers() {
    return kafka.brokers();
  }

  NetworkHost host(LocalBroker broker) {
    return network.hosts().get(broker.id() - 1);
  }

  LoopDisk disk(LocalBroker broker) {
    return disks.get(broker.id() - 1);
  }

  PowerLoss.Host powered(LocalBroker broker) {
    return new PowerLoss.Host(
        disk(broker),
        () -> broker.processId().map(OptionalLong::of).orElse(OptionalLong.empty()),
        broker::kill,
        broker::start);
  }

  /** Waits until every partition of the topic has all its replicas in sync. */
  void awaitFullIsr(String topic) {
    await("all replicas in sync")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(
            () ->
                description(topic).partitions().stream()
                    .allMatch(partition -> partition.isr().size() == HOSTS));
  }

  private TopicDescription description(String topic) {
    try {
      return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public void close() {
    try (network) {
      admin.close(Duration.ofSeconds(5));
      kafka.close();
      disks.forEach(LoopDisk::close);
    }
  }
}
