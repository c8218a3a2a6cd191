package io.millrace.server.instance;

import io.millrace.model.SiteId;
import io.millrace.model.control.Permission;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A whole Millrace on one machine: Kafka in a process of its own; collector, processing and queries
 * in this one. Safe for any number of threads.
 */
public final class LocalInstance implements AutoCloseable {
  private final EmbeddedKafka kafka;
  private final Instance instance;

  private LocalInstance(EmbeddedKafka kafka, Instance instance) {
    this.kafka = kafka;
    this.instance = instance;
  }

  /**
   * Starts everything, and returns when it serves.
   *
   * @param announce is told in a few words what comes next
   */
  public static LocalInstance start(InstanceConfig config, Consumer<String> announce) {
    var kafka = new EmbeddedKafka();
    return new LocalInstance(kafka, Instance.start(config, kafka, announce));
  }

  /** Where it serves. */
  public URI url() {
    return instance.url();
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** Process ids of the brokers. */
  public List<Long> brokerProcessIds() {
    return kafka.processIds();
  }

  /** Completes with what there is to say when something fails without which nothing can go on. */
  public CompletableFuture<String> failure() {
    return instance.failure();
  }

  /** Makes a site known, and a secret valid for writing to it. */
  public void admit(SiteId site, String name, String secret, Set<Permission> permissions) {
    instance.admit(site, name, secret, permissions);
  }

  /** Makes a secret worthless. */
  public void revoke(String secret) {
    instance.revoke(secret);
  }

  /** Whether the processing has begun to work on all partitions. */
  public boolean isReady() {
    return instance.isReady();
  }

  /** Waits until it is ready; false when it is not within the patience. */
  public boolean awaitReady(Duration patience) throws InterruptedException {
    return instance.awaitReady(patience);
  }

  @Override
  public void close() {
    instance.close();
  }
}
