package io.millrace.server.drill;

import io.millrace.server.broker.LocalBroker;
import io.millrace.server.cluster.ClusterProcess;
import io.millrace.server.cluster.LocalCluster;
import io.millrace.server.instance.Role;
import java.util.function.Consumer;

/** Brings a cluster back to where all of its parts work, as its supervisors would. */
final class Recovery {
  private final LocalCluster cluster;
  private final KafkaFacts kafka;
  private final Consumer<String> mark;

  /**
   * @param mark is told of what was not to be expected
   */
  Recovery(LocalCluster cluster, KafkaFacts kafka, Consumer<String> mark) {
    this.cluster = cluster;
    this.kafka = kafka;
    this.mark = mark;
  }

  /** Starts what does not run, and waits until all is whole. */
  void makeWhole() throws InterruptedException {
    cluster.processes().forEach(ClusterProcess::resume);
    cluster.kafka().brokers().forEach(LocalBroker::start);
    cluster.processes().forEach(ClusterProcess::start);
    awaitInSync();
    for (ClusterProcess process : cluster.processes()) {
      awaitReady(process);
    }
  }

  /** Waits until all brokers take part and every replica is in sync. */
  void awaitInSync() throws InterruptedException {
    Waiting.require(Scene.PATIENCE, "all brokers are in sync", this::isInSync);
  }

  private boolean isInSync() {
    try {
      return kafka.isWhole();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void awaitReady(ClusterProcess process) throws InterruptedException {
    Waiting.require(Scene.PATIENCE, process.name() + " is ready", () -> isReadyOrStarted(process));
  }

  void awaitCopies(ClusterProcess process) throws InterruptedException {
    if (process.has(Role.PROCESSOR) && processors() > 1) {
      Waiting.require(
          Scene.PATIENCE,
          process.name() + " has its copies",
          () -> isReadyOrStarted(process) && process.hasItsCopies());
    }
  }

  private long processors() {
    return cluster.processes().stream().filter(each -> each.has(Role.PROCESSOR)).count();
  }

  /** One that has ended is started again, as by a supervisor; that it ended is counted. */
  private boolean isReadyOrStarted(ClusterProcess process) {
    if (!process.isRunning()) {
      mark.accept(process.name() + " has ended, start it again");
      process.start();
    }
    return process.isReady();
  }
}
