package io.millrace.server.drill;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import io.millrace.server.broker.LocalBroker;
import io.millrace.server.cluster.ClusterProcess;
import io.millrace.server.cluster.LocalCluster;
import io.millrace.server.drill.load.DrillLoad;
import io.millrace.server.drill.load.ForeignRecords;
import io.millrace.server.drill.read.DrillTopics;
import io.millrace.server.drill.read.LaneWatch;
import io.millrace.server.fault.Fault;
import io.millrace.server.fault.LossyProxy;
import io.millrace.server.fault.PausedProcess;
import io.millrace.server.report.Audit;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * What a drill works on: a cluster under load, and what can be seen of it. For the thread of the
 * drill.
 */
public final class Scene implements AutoCloseable {
  /** What anything may take on a busy machine before a drill is given up. */
  static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final Duration SETTLING = Duration.ofSeconds(12);

  private final LocalCluster cluster;
  private final KafkaFacts kafka;
  private final DrillLoad load;
  private final LaneWatch lanes;
  private final DrillTopics topics;
  private final ForeignRecords foreign;
  private final Optional<ClusterHosts> hosts;
  private final List<LossyProxy> proxies;
  private final String site;
  private final Random random;
  private final List<Mark> marks = new CopyOnWriteArrayList<>();
  private volatile long watchedSince = System.currentTimeMillis();
  private final Map<String, Integer> endedBefore = new HashMap<>();
  private final Recovery recovery;
  private final Map<Integer, Fault> pauses = new HashMap<>();

  Scene(
      LocalCluster cluster,
      KafkaFacts kafka,
      DrillLoad load,
      LaneWatch lanes,
      DrillTopics topics,
      ForeignRecords foreign,
      Optional<ClusterHosts> hosts,
      List<LossyProxy> proxies,
      String site,
      Random random) {
    this.cluster = cluster;
    this.kafka = kafka;
    this.load = load;
    this.lanes = lanes;
    this.topics = topics;
    this.foreign = foreign;
    this.hosts = hosts;
    this.proxies = List.copyOf(proxies);
    this.site = site;
    this.random = random;
    recovery = new Recovery(cluster, kafka, this::mark);
    cluster
        .processes()
        .forEach(process -> endedBefore.put(process.name(), process.timesEndedByItself()));
  }

  public LocalCluster cluster() {
    return cluster;
  }

  public DrillLoad load() {
    return load;
  }

  /** Somebody else who writes into the log. */
  public ForeignRecords foreign() {
    return foreign;
  }

  /** A site that events are of. */
  public String site() {
    return site;
  }

  /** The hosts of the brokers, on a stage that has them. */
  public ClusterHosts hosts() {
    return hosts.orElseThrow();
  }

  /** What clients reach the collectors through, if the plan wants it so. */
  public List<LossyProxy> proxies() {
    return proxies;
  }

  /** For whatever is left to chance, which is the same for the same seed. */
  public Random random() {
    return random;
  }

  /** Notes what is done now. */
  public void mark(String what) {
    marks.add(new Mark(System.currentTimeMillis(), what));
  }

  /** From now on it counts for how long a partition stands still. */
  void beginWatching() {
    watchedSince = System.currentTimeMillis();
  }

  /** When that was, in milliseconds since 1970. */
  long watchedSince() {
    return watchedSince;
  }

  List<Mark> marks() {
    return List.copyOf(marks);
  }

  public ClusterProcess processor(int number) {
    return cluster.processors().get(number - 1);
  }

  public ClusterProcess collector(int number) {
    return cluster.collectors().get(number - 1);
  }

  public LocalBroker broker(int id) {
    return cluster.kafka().brokers().stream()
        .filter(broker -> broker.id() == id)
        .findFirst()
        .orElseThrow();
  }

  public ClusterProcess anyProcessor() {
    return processor(1 + random.nextInt(cluster.processors().size()));
  }

  public ClusterProcess anyCollector() {
    return collector(1 + random.nextInt(cluster.collectors().size()));
  }

  public LocalBroker anyBroker() {
    List<LocalBroker> brokers = cluster.kafka().brokers();
    return brokers.get(random.nextInt(brokers.size()));
  }

  /** The books, as the first processor tells them that can. */
  public Optional<Audit> audit() throws InterruptedException {
    return Books.ask(cluster);
  }

  /** Kills a process with no chance to tidy up. */
  public void kill(ClusterProcess process) {
    mark("kill " + process.name());
    process.kill();
  }

  public void start(ClusterProcess process) {
    mark("start " + process.name());
    process.start();
  }

  /** Kills a broker with no chance to tidy up. */
  public void kill(LocalBroker broker, String what) {
    mark("kill " + what);
    broker.kill();
  }

  public void startBroker(LocalBroker broker) {
    mark("start broker " + broker.id());
    broker.start();
  }

  /** Stops a broker where it is: its connections stay open, and it answers nobody. */
  public void pauseBroker(LocalBroker broker) {
    mark("pause broker " + broker.id());
    broker
        .processId()
        .ifPresent(
            pid -> {
              Fault pause = PausedProcess.of("broker " + broker.id(), pid);
              pauses.put(broker.id(), pause);
              pause.inject();
            });
  }

  public void resumeBroker(LocalBroker broker) {
    mark("resume broker " + broker.id());
    Fault pause = pauses.remove(broker.id());
    if (pause != null) {
      pause.heal();
    }
  }

  /** The broker that leads a partition of click-events. */
  public LocalBroker leader(int partition) throws InterruptedException {
    return broker(known("who leads", () -> kafka.leaderOf(topics.clicks(), partition)));
  }

  public LocalBroker controller() throws InterruptedException {
    return broker(known("who is the controller", kafka::controller));
  }

  /** The broker that coordinates a transaction of the processors. */
  public LocalBroker transactionCoordinator(String prefix) throws InterruptedException {
    return broker(
        known("who coordinates the transactions", () -> kafka.transactionCoordinator(prefix)));
  }

  /** Lets things be as they are for a while: how long a failure lasts is a part of its plan. */
  public void last(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }

  /** Lets who has begun and caught up compile what it runs, before the next is stopped. */
  void settle() throws InterruptedException {
    last(SETTLING);
  }

  /** A while between nothing and so much, by chance. */
  public Duration upTo(Duration most) {
    return Duration.ofMillis(random.nextLong(most.toMillis()));
  }

  /** Waits until events are acknowledged that were not when it was asked for. */
  public void awaitAcknowledging() throws InterruptedException {
    long before = load.ledger().acknowledged();
    require("events are acknowledged", () -> load.ledger().acknowledged() > before);
  }

  /** Waits until requests are refused with 503, beyond those that were when it was asked for. */
  public void awaitRefusing() throws InterruptedException {
    long before = load.ledger().tally().unavailable();
    require("requests are refused", () -> load.ledger().tally().unavailable() > before);
  }

  /** Waits until outcomes can be read that could not when it was asked for. */
  public void awaitProcessing() throws InterruptedException {
    var before = lanes.counts();
    require("events of every partition are processed", () -> lanes.hasMovedInAll(before));
  }

  public void awaitReady(ClusterProcess process) throws InterruptedException {
    recovery.awaitReady(process);
  }

  /** Waits until it has the state of what it works on, and copies of what others do. */
  public void awaitCopies(ClusterProcess process) throws InterruptedException {
    recovery.awaitCopies(process);
  }

  /** Waits until all brokers take part and every replica is in sync. */
  public void awaitInSync() throws InterruptedException {
    recovery.awaitInSync();
  }

  /** Starts what does not run, lets go on what is paused, and waits until all is whole. */
  void makeWhole() throws InterruptedException {
    close();
    recovery.makeWhole();
  }

  /** How often each process has ended without being told to, since the drill began. */
  Map<String, Integer> endedByThemselves() {
    Map<String, Integer> ended = new TreeMap<>();
    for (ClusterProcess process : cluster.processes()) {
      int times = process.timesEndedByItself() - endedBefore.getOrDefault(process.name(), 0);
      if (times > 0) {
        ended.put(process.name(), times);
      }
    }
    return ended;
  }

  /** Lets everything go on that it has paused. */
  @Override
  public void close() {
    List.copyOf(pauses.values()).forEach(Fault::heal);
    pauses.clear();
    cluster.processes().forEach(ClusterProcess::resume);
  }

  void require(String what, BooleanSupplier condition) throws InterruptedException {
    Waiting.require(PATIENCE, what, condition);
  }

  /** Gives the drill up where something is not as its sentence says. */
  static void demand(boolean isSo, String what) {
    if (!isSo) {
      throw new ServerException(ServerError.DRILL_STUCK, "It is not so that " + what);
    }
  }

  private static <T> T known(String what, Waiting.Question<T> question)
      throws InterruptedException {
    return Waiting.known(PATIENCE, what, question);
  }
}
