package io.millrace.streams.judge;

import io.millrace.model.ClickEvent;
import io.millrace.model.EnrichedClick;
import io.millrace.model.Enrichment;
import io.millrace.model.Outcome;
import io.millrace.model.Readmission;
import io.millrace.model.RejectedClick;
import io.millrace.model.SourceOffset;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.codec.Decoded;
import io.millrace.model.codec.EnrichedClickCodec;
import io.millrace.model.codec.RejectedClickCodec;
import io.millrace.streams.rollup.Combiner;
import io.millrace.streams.rollup.CommitPace;
import io.millrace.streams.rollup.Commits;
import io.millrace.streams.rollup.PartialBatches;
import io.millrace.streams.rollup.TransactionWatch;
import io.millrace.streams.session.Sessionizer;
import io.millrace.streams.visitor.VisitorStates;
import io.millrace.views.JudgedClick;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Stage 1 of one partition: decode, judge, enrich, send to the topic of counted or of rejected
 * clicks, find the session, and add to the partials. Thin: what is decided here is decided by
 * {@link Judge}, {@link ClickEnricher}, {@link Sessionizer} and {@link Combiner}.
 */
public final class ClickProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  public static final String VISITORS = "visitors";
  public static final String FURTHER_EVENTS = "seen-further-events";

  /** From where on views that were defined have what comes of the partition. */
  public static final String VIEW_STARTS = "view-starts";

  /** The store by which it learns of commits. */
  public static final String COMMITS = "click-commits";

  /**
   * Twice what the collector takes. What a larger one held would be in the keys of cells and
   * topics.
   */
  static final int MOST_BYTES = 64 << 10;

  /** The detail of what was wrong goes to the lane; the views get this for all such bytes. */
  static final String NOT_AN_EVENT = "not an event";

  // Each time makes a transaction, also of a program that has nothing else to do.
  private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(10);
  private static final Duration CLOSING_INTERVAL = Duration.ofSeconds(30);

  private final ClickStage stage;
  private final StartPositions positions;
  private final CommitPace pace;
  private final TransactionWatch transactions;
  private @Nullable Live live;

  /** What there is only between init and close, of which Kafka Streams makes many rounds. */
  private record Live(
      ProcessorContext<byte[], byte[]> context,
      Judge judge,
      Sessionizer sessionizer,
      Combiner combiner,
      TakenViews views,
      Commits commits) {}

  /**
   * One of the tasks of stage 1.
   *
   * @param positions where a task goes on that has met no record yet
   * @param transactions of the threads that work
   */
  public ClickProcessor(
      ClickStage stage, StartPositions positions, CommitPace pace, TransactionWatch transactions) {
    this.stage = stage;
    this.positions = positions;
    this.pace = pace;
    this.transactions = transactions;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    var commits = Commits.bind(context, COMMITS, pace, transactions);
    var visitors = new VisitorStates(commits.store(VISITORS));
    var seen = new StoredSeenEvents(stage.config(), visitors, commits.store(FURTHER_EVENTS));
    var judge = new Judge(stage.config(), seen, stage.enricher());
    var combiner =
        new Combiner(
            context,
            stage.views(),
            new PartialBatches(stage.rollupPartitions()),
            ClickStage.PARTIALS);
    var sessionizer =
        new Sessionizer(
            context,
            stage.sessions(),
            stage.config().allowedLateness(),
            stage.inactivity(),
            visitors,
            commits.store(Sessionizer.TIMERS),
            combiner::add,
            ClickStage.SESSIONS);
    var views =
        new TakenViews(
            stage.definedViews(),
            commits.store(VIEW_STARTS),
            combiner,
            sessionizer,
            positions,
            context.taskId().partition());
    views.restore();
    commits.before(
        () -> {
          visitors.writeChanged();
          sessionizer.write();
          combiner.send();
        });
    commits.repeat(
        SWEEP_INTERVAL,
        () -> {
          seen.sweep();
          views.followWithoutRecord();
        });
    commits.repeat(CLOSING_INTERVAL, sessionizer::closeDue);
    live = new Live(context, judge, sessionizer, combiner, views, commits);
  }

  @Override
  public void close() {
    Live ended = live;
    if (ended != null) {
      ended.commits.close();
      live = null;
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Live now = live;
    if (now == null) {
      throw new IllegalStateException("a record came before init");
    }
    now.commits.requireCommitted();
    RecordMetadata at =
        now.context
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("a record of no topic"));
    now.views.follow(at.offset());
    JudgedClick click = judge(now, record, at);
    now.combiner.add(click);
    now.commits.gathered(record.timestamp());
    stage.outcomes().accept(click.outcome());
  }

  private JudgedClick judge(Live now, Record<byte[], byte[]> record, RecordMetadata at) {
    byte @Nullable [] value = record.value();
    if (value == null) {
      return undecodable(now, record, at, "has no value");
    }
    if (value.length > MOST_BYTES) {
      return undecodable(
          now, record, at, value.length + " bytes, where an event has at most " + MOST_BYTES);
    }
    return switch (ClickEventCodec.decode(value)) {
      case Decoded.Malformed<ClickEvent>(String reason) -> undecodable(now, record, at, reason);
      case Decoded.Value<ClickEvent>(ClickEvent event) ->
          switch (now.judge.judge(event, arrival(record))) {
            case Judgement.Counts() -> counted(now, record, at, event);
            case Judgement.DoesNot rejected -> {
              forwardRejected(now, record, at, rejected.outcome(), rejected.explanation());
              yield JudgedClick.rejected(
                  rejected.outcome(),
                  rejected.reason(),
                  event,
                  at.partition(),
                  at.offset(),
                  record.timestamp());
            }
          };
    };
  }

  private static Arrival arrival(Record<byte[], byte[]> record) {
    return new Arrival(record.timestamp(), record.headers().lastHeader(Readmission.HEADER) != null);
  }

  private JudgedClick counted(
      Live now, Record<byte[], byte[]> record, RecordMetadata at, ClickEvent event) {
    Enrichment enrichment = stage.enricher().enrich(event);
    byte[] enriched = EnrichedClickCodec.encode(record.value(), enrichment);
    var source = new SourceOffset(at.partition(), at.offset());
    var sent = plain(record, enriched);
    sent.headers().add(SourceOffset.HEADER, source.toBytes());
    now.context.forward(sent, ClickStage.ENRICHED);
    now.sessionizer.count(event, enrichment);
    return JudgedClick.counted(
        new EnrichedClick(event, enrichment), at.partition(), at.offset(), record.timestamp());
  }

  private static JudgedClick undecodable(
      Live now, Record<byte[], byte[]> record, RecordMetadata at, String reason) {
    forwardRejected(now, record, at, Outcome.INVALID, NOT_AN_EVENT + ": " + reason);
    return JudgedClick.undecodable(NOT_AN_EVENT, at.partition(), at.offset(), record.timestamp());
  }

  private static void forwardRejected(
      Live now, Record<byte[], byte[]> record, RecordMetadata at, Outcome outcome, String reason) {
    var payload = LanePayload.of(record.value());
    var rejected =
        new RejectedClick(
            outcome,
            payload.explain(reason),
            at.partition(),
            at.offset(),
            record.timestamp(),
            payload.bytes());
    now.context.forward(plain(record, RejectedClickCodec.encode(rejected)), ClickStage.REJECTED);
  }

  /** Without the headers that a foreign producer may have sent, of any number and size. */
  private static Record<byte[], byte[]> plain(Record<byte[], byte[]> record, byte[] value) {
    return new Record<>(LanePayload.key(record.key()), value, record.timestamp());
  }
}
