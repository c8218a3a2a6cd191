package io.millrace.server.drill;

import io.millrace.model.SourceOffset;
import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import io.millrace.server.cluster.ClusterProcess;
import io.millrace.server.cluster.LocalCluster;
import io.millrace.server.drill.load.DrillLoad;
import io.millrace.server.drill.load.EventPlan;
import io.millrace.server.drill.load.PlannedFacts;
import io.millrace.server.drill.proof.Check;
import io.millrace.server.drill.proof.Evidence;
import io.millrace.server.drill.proof.Finding;
import io.millrace.server.drill.proof.LedgerEntry;
import io.millrace.server.drill.proof.LoggedEvent;
import io.millrace.server.drill.proof.PartitionStalls;
import io.millrace.server.drill.proof.Passage;
import io.millrace.server.drill.proof.PlantedFault;
import io.millrace.server.drill.read.DrillTopics;
import io.millrace.server.drill.read.EvidenceReader;
import io.millrace.server.drill.read.LaneWatch;
import io.millrace.server.drill.read.TopicSpans;
import io.millrace.server.drill.read.ViewAnswers;
import io.millrace.server.report.Audit;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Looks at what a drill has left behind, when nothing is on its way any more. */
final class Verdict {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** What the views may need beyond what the books say. */
  private static final Duration VIEWS_PATIENCE = Duration.ofMinutes(2);

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final LocalCluster cluster;
  private final TopicSpans spans;
  private final DrillTopics topics;
  private final EvidenceReader reader;

  /** As they were when somebody last waited for them. */
  private Audit books = new Audit(true, "", 0, 0, 0, List.of());

  Verdict(LocalCluster cluster, TopicSpans spans, DrillTopics topics) {
    this.cluster = cluster;
    this.spans = spans;
    this.topics = topics;
    reader =
        new EvidenceReader(
            spans, topics, cluster.config().topics().rollupPartitions(), new PlannedFacts());
  }

  DrillResult of(
      Drill drill,
      Scene scene,
      List<String> siteNames,
      Map<TopicPartition, Long> from,
      LaneWatch lanes,
      Duration wholeAfter)
      throws InterruptedException {
    DrillLoad load = scene.load();
    Set<String> sites = Set.copyOf(siteNames);
    Set<String> hosts = sites.stream().map(EventPlan::hostOf).collect(Collectors.toSet());
    List<LedgerEntry> ledger = load.ledger().entries();
    Audit begun = books;
    Evidence evidence =
        withViews(reader.read(ledger, from, sites, hosts, begun, settled()), sites, hosts);
    List<Finding> findings =
        Arrays.stream(Check.values()).map(check -> check.examine(evidence)).toList();
    List<Passage> passages = passages(evidence, lanes.visible());
    return new DrillResult.Examined(
        drill,
        findings,
        controls(evidence),
        PartitionStalls.of(passages, scene.watchedSince(), load.ended()),
        wholeAfter,
        load.ledger().tally(),
        ledger.size(),
        ledger.stream().filter(LedgerEntry::isAcknowledged).count(),
        Timeline.of(
            load.begun(),
            load.ended(),
            passages.stream().map(Passage::acknowledgedAt).toList(),
            passages.stream().map(Passage::visibleAt).toList(),
            scene.marks()),
        scene.endedByThemselves(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /**
   * The books, once every event that is in the log has its outcome in the views and they balance.
   */
  private Audit settled() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Optional<Audit> latest = Optional.empty();
    while (System.nanoTime() < deadline) {
      Optional<Audit> audit = Books.ask(cluster);
      latest = audit.isPresent() ? audit : latest;
      if (audit.isPresent() && isSettled(audit.get())) {
        return noted(audit.get());
      }
      Thread.sleep(PAUSE);
    }
    // As they are: the checks say what is missing.
    return noted(
        latest.orElseThrow(
            () -> new ServerException(ServerError.DRILL_STUCK, "Nobody tells the books")));
  }

  private Audit noted(Audit audit) {
    books = audit;
    return audit;
  }

  /** Takes the books from which those of a drill are kept, when all before it is processed. */
  void begin() throws InterruptedException {
    books =
        Waiting.known(
            Scene.PATIENCE,
            "when all of the drill before is processed",
            () -> Books.ask(cluster).filter(this::isSettled));
  }

  private boolean isSettled(Audit audit) {
    Map<Integer, Long> ends =
        spans.ends(List.of(topics.clicks())).entrySet().stream()
            .collect(Collectors.toMap(end -> end.getKey().partition(), Map.Entry::getValue));
    // What did not balance before never will again, and is not waited for.
    Set<Integer> hopeless =
        books.partitions().stream()
            .filter(line -> !line.balanced())
            .map(Audit.Partition::partition)
            .collect(Collectors.toSet());
    return audit.partitions().stream()
        .allMatch(
            line ->
                (line.balanced() || hopeless.contains(line.partition()))
                    && line.accountedThrough() >= ends.getOrDefault(line.partition(), 0L)
                    && line.processed() >= ends.getOrDefault(line.partition(), 0L));
  }

  private Evidence withViews(Evidence evidence, Set<String> sites, Set<String> hosts)
      throws InterruptedException {
    long deadline = System.nanoTime() + VIEWS_PATIENCE.toNanos();
    try (var views = new ViewAnswers()) {
      Map<String, EveryProcessor.Witness> witnesses = new LinkedHashMap<>();
      for (ClusterProcess processor : cluster.processors()) {
        witnesses.put(processor.name(), () -> views.read(processor.url(), sites, hosts));
      }
      return EveryProcessor.withAnswer(
          evidence, witnesses, () -> System.nanoTime() < deadline, () -> Thread.sleep(PAUSE));
    }
  }

  private static Map<String, Boolean> controls(Evidence evidence) {
    Map<String, Boolean> controls = new LinkedHashMap<>();
    for (PlantedFault fault : PlantedFault.values()) {
      controls.put(fault.label(), fault.isFoundIn(evidence));
    }
    return controls;
  }

  private static List<Passage> passages(Evidence evidence, Map<SourceOffset, Long> visible) {
    Map<String, LedgerEntry> ledger =
        evidence.ledger().stream().collect(Collectors.toMap(LedgerEntry::id, entry -> entry));
    List<Passage> passages = new ArrayList<>();
    for (LoggedEvent event : evidence.log()) {
      LedgerEntry entry = ledger.remove(event.id());
      Long seen = visible.get(event.place());
      if (entry != null && entry.isAcknowledged() && seen != null) {
        passages.add(new Passage(event.place().partition(), entry.acknowledgedAt(), seen));
      }
    }
    return passages;
  }
}
