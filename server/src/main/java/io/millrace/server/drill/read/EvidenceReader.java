package io.millrace.server.drill.read;

import io.millrace.model.cell.CellKey;
import io.millrace.server.drill.proof.BooksSpan;
import io.millrace.server.drill.proof.EventFacts;
import io.millrace.server.drill.proof.Evidence;
import io.millrace.server.drill.proof.LaneEntry;
import io.millrace.server.drill.proof.LedgerEntry;
import io.millrace.server.drill.proof.LogOracle;
import io.millrace.server.drill.proof.LoggedEvent;
import io.millrace.server.drill.proof.ViewsAnswer;
import io.millrace.server.report.Audit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Puts together what the checks compare, when nothing is on its way any more. For one thread. */
public final class EvidenceReader {
  /** What sites have that nobody has told otherwise. */
  private static final Duration INACTIVITY = Duration.ofMinutes(30);

  private static final Audit NO_BOOKS = new Audit(true, "", 0, 0, 0, List.of());

  private final TopicSpans spans;
  private final DrillTopics topics;
  private final int rollupPartitions;
  private final EventFacts facts;

  public EvidenceReader(
      TopicSpans spans, DrillTopics topics, int rollupPartitions, EventFacts facts) {
    this.spans = spans;
    this.topics = topics;
    this.rollupPartitions = rollupPartitions;
    this.facts = facts;
  }

  /**
   * Reads what was written since the beginning of a drill; of the views nothing yet.
   *
   * @param from where the topics ended then
   * @param sites and hosts that the drill's events are of
   * @param audit the books by the views, as they are now; of all that ever was
   */
  public Evidence read(
      List<LedgerEntry> ledger,
      Map<TopicPartition, Long> from,
      Set<String> sites,
      Set<String> hosts,
      Audit audit) {
    return read(ledger, from, sites, hosts, NO_BOOKS, audit);
  }

  /**
   * The same of books that were begun before.
   *
   * @param before as they were at the beginning of the drill
   * @param after as they are now
   */
  public Evidence read(
      List<LedgerEntry> ledger,
      Map<TopicPartition, Long> from,
      Set<String> sites,
      Set<String> hosts,
      Audit before,
      Audit after) {
    Map<TopicPartition, Long> to = spans.ends(topics.all());
    List<ConsumerRecord<byte[], byte[]>> clicks = records(topics.clicks(), from, to);
    LogOracle oracle = LogOracle.of(clicks, rollupPartitions, site -> INACTIVITY, facts);
    List<LoggedEvent> log = clicks.stream().map(LaneRecords::logged).toList();
    List<LaneEntry> lanes = new ArrayList<>();
    records(topics.enriched(), from, to).forEach(each -> lanes.add(LaneRecords.enriched(each)));
    records(topics.rejected(), from, to).forEach(each -> lanes.add(LaneRecords.rejected(each)));
    Map<CellKey, Map<String, BigDecimal>> expected = new HashMap<>(oracle.cells());
    expected.keySet().removeIf(key -> !ViewAnswers.isOf(key, sites, hosts));
    return new Evidence(
        ledger,
        log,
        oracle.judgements(),
        lanes,
        books(before, after, to),
        expected,
        ViewsAnswer.none("nobody", "no processor was asked"));
  }

  private List<ConsumerRecord<byte[], byte[]>> records(
      String topic, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    return spans.read(new TopicSpan(of(topic, from), of(topic, to)));
  }

  private static Map<TopicPartition, Long> of(String topic, Map<TopicPartition, Long> offsets) {
    return offsets.entrySet().stream()
        .filter(each -> each.getKey().topic().equals(topic))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private BooksSpan books(Audit before, Audit after, Map<TopicPartition, Long> to) {
    return new BooksSpan(
        before,
        after,
        of(topics.clicks(), to).entrySet().stream()
            .collect(Collectors.toMap(end -> end.getKey().partition(), Map.Entry::getValue)));
  }
}
