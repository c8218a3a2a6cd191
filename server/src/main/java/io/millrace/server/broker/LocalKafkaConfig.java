package io.millrace.server.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a local Kafka should be like.
 *
 * @param dataFolder where the brokers keep their data; made when missing
 * @param logFolder where the brokers write their logs; made when missing
 * @param brokers 1, or 3 for replicated topics
 * @param heapMegabytes each broker's heap
 * @param clientPorts the ports for clients, one for each broker; empty to choose free ones at each
 *     start
 * @param durable whether every write is forced to disk before it is acknowledged. Without it the
 *     brokers survive any crash of processes but not the power loss of the machine; with it each
 *     write waits for the disk
 * @param sharesMachine whether other programs are as busy on this machine as the brokers: then
 *     their code is compiled quickly instead of well, which leaves the others more of the first
 *     minutes
 * @param startTimeout how long the brokers may take to become ready
 * @param security how it is secured; empty for a Kafka that anybody on this machine may use
 */
public record LocalKafkaConfig(
    Path dataFolder,
    Path logFolder,
    int brokers,
    int heapMegabytes,
    List<Integer> clientPorts,
    boolean durable,
    boolean sharesMachine,
    Duration startTimeout,
    Optional<BrokerSecurity> security) {

  private static final int SMALLEST_HEAP_MEGABYTES = 128;
  private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

  /** Checks the values and copies the list. */
  public LocalKafkaConfig {
    dataFolder = dataFolder.toAbsolutePath().normalize();
    logFolder = logFolder.toAbsolutePath().normalize();
    clientPorts = List.copyOf(clientPorts);
    require(brokers == 1 || brokers == 3, "brokers", brokers, "1 or 3");
    require(
        heapMegabytes >= SMALLEST_HEAP_MEGABYTES,
        "heap-megabytes",
        heapMegabytes,
        "at least " + SMALLEST_HEAP_MEGABYTES);
    require(
        clientPorts.isEmpty() || clientPorts.size() == brokers,
        "client-ports",
        clientPorts,
        "none, or one for each broker");
    require(
        Set.copyOf(clientPorts).size() == clientPorts.size(),
        "client-ports",
        clientPorts,
        "different ports");
    require(
        clientPorts.stream().allMatch(port -> port > 0 && port <= 65535),
        "client-ports",
        clientPorts,
        "ports from 1 to 65535");
    require(startTimeout.isPositive(), "start-timeout", startTimeout, "longer than nothing");
  }

  /** One broker with a heap of 512 MB; its logs go into {@code logs} in the data folder. */
  public static LocalKafkaConfig oneBroker(Path dataFolder) {
    return of(dataFolder, 1);
  }

  /**
   * Three brokers in three racks with a heap of 256 MB each; their logs go into {@code logs} in the
   * data folder.
   */
  public static LocalKafkaConfig threeBrokers(Path dataFolder) {
    return of(dataFolder, 3);
  }

  /** One or three brokers, with the defaults for that number. */
  public static LocalKafkaConfig of(Path dataFolder, int brokers) {
    int heapMegabytes = brokers == 1 ? 512 : 256;
    return new LocalKafkaConfig(
        dataFolder,
        dataFolder.resolve("logs"),
        brokers,
        heapMegabytes,
        List.of(),
        false,
        false,
        START_TIMEOUT,
        Optional.empty());
  }

  /** The same with the logs elsewhere. */
  public LocalKafkaConfig withLogFolder(Path folder) {
    return new LocalKafkaConfig(
        dataFolder,
        folder,
        brokers,
        heapMegabytes,
        clientPorts,
        durable,
        sharesMachine,
        startTimeout,
        security);
  }

  /** The same with another heap for each broker. */
  public LocalKafkaConfig withHeapMegabytes(int megabytes) {
    return new LocalKafkaConfig(
        dataFolder,
        logFolder,
        brokers,
        megabytes,
        clientPorts,
        durable,
        sharesMachine,
        startTimeout,
        security);
  }

  /** The same with fixed ports for clients, one for each broker. */
  public LocalKafkaConfig withClientPorts(List<Integer> ports) {
    return new LocalKafkaConfig(
        dataFolder,
        logFolder,
        brokers,
        heapMegabytes,
        ports,
        durable,
        sharesMachine,
        startTimeout,
        security);
  }

  /** The same with every write forced to disk, or not. */
  public LocalKafkaConfig withDurable(boolean forced) {
    return new LocalKafkaConfig(
        dataFolder,
        logFolder,
        brokers,
        heapMegabytes,
        clientPorts,
        forced,
        sharesMachine,
        startTimeout,
        security);
  }

  /** The same on a machine that others keep busy too, or not. */
  public LocalKafkaConfig withSharedMachine(boolean shared) {
    return new LocalKafkaConfig(
        dataFolder,
        logFolder,
        brokers,
        heapMegabytes,
        clientPorts,
        durable,
        shared,
        startTimeout,
        security);
  }

  /** The same secured. */
  public LocalKafkaConfig withSecurity(BrokerSecurity given) {
    return new LocalKafkaConfig(
        dataFolder,
        logFolder,
        brokers,
        heapMegabytes,
        clientPorts,
        durable,
        sharesMachine,
        startTimeout,
        Optional.of(given));
  }

  /** The same with brokers that may take longer to become ready, or must be quicker. */
  public LocalKafkaConfig withStartTimeout(Duration timeout) {
    return new LocalKafkaConfig(
        dataFolder,
        logFolder,
        brokers,
        heapMegabytes,
        clientPorts,
        durable,
        sharesMachine,
        timeout,
        security);
  }

  private static void require(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s is %s; it must be %s".formatted(key, value, expected));
    }
  }
}
