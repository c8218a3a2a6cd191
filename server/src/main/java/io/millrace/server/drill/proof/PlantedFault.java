package io.millrace.server.drill.proof;

import io.millrace.model.Outcome;
import io.millrace.model.SourceOffset;
import io.millrace.server.report.Audit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A fault planted into evidence that is right, to see that the check finds it: a check that finds
 * nothing proves nothing unless it would have. Pure.
 */
public enum PlantedFault {
  ACKNOWLEDGED_EVENT_LOST(
      "an acknowledged event is taken out of the log",
      Check.LEDGER,
      Finding::lost,
      PlantedFault::withoutAcknowledged),
  EVENT_NEVER_SENT(
      "an event that nobody sent is put into the log",
      Check.LEDGER,
      Finding::wrong,
      evidence -> {
        LoggedEvent last = evidence.log().getLast();
        var stranger = new LoggedEvent(next(last), last.id() + "-other", last.contents());
        return evidence.withLog(with(evidence.log(), stranger));
      }),
  OUTCOME_LOST(
      "an outcome is taken out of the lanes",
      Check.OUTCOMES,
      Finding::lost,
      evidence -> evidence.withLanes(evidence.lanes().subList(1, evidence.lanes().size()))),
  OUTCOME_DOUBLED(
      "an outcome is in the lanes twice",
      Check.OUTCOMES,
      Finding::doubled,
      evidence -> evidence.withLanes(with(evidence.lanes(), evidence.lanes().getFirst()))),
  OUTCOME_OF_ANOTHER_EVENT(
      "an outcome is that of another event",
      Check.OUTCOMES,
      Finding::wrong,
      evidence ->
          evidence.withLanes(
              changed(
                  evidence.lanes(),
                  entry ->
                      new LaneEntry(
                          entry.source(),
                          entry.outcome(),
                          entry.id() + "-other",
                          entry.contents())))),
  EVENT_CHANGED(
      "the log has an event with another time",
      Check.LEDGER,
      Finding::wrong,
      evidence -> evidence.withLog(withOtherTime(evidence))),
  COUNTED_FOR_ANOTHER_VISITOR(
      "an event that was sent again is counted for another visitor too",
      Check.OUTCOMES,
      Finding::doubled,
      PlantedFault::countedForAnother),
  OTHER_VISITOR(
      "a counted event is given to another visitor",
      Check.KEYS,
      Finding::wrong,
      PlantedFault::withOtherVisitor),
  BOOKS_TOO_SHORT(
      "the books miss an outcome",
      Check.BOOKS,
      Finding::lost,
      evidence -> evidence.withBooks(booked(evidence.books(), -1))),
  BOOKS_MADE_UP(
      "the books miss an outcome and have another twice",
      Check.BOOKS,
      Finding::wrong,
      evidence ->
          evidence.withBooks(
              evidence
                  .books()
                  .withBefore(partition -> withBalance(partition, true))
                  .withAfter(partition -> withBalance(partition, false)))),
  BOOKS_TOO_LONG(
      "the books have an outcome too many",
      Check.BOOKS,
      Finding::doubled,
      evidence -> evidence.withBooks(booked(evidence.books(), 1))),
  CELL_MISSING(
      "a cell of a view is taken out",
      Check.VIEWS,
      Finding::lost,
      evidence -> answered(evidence, rows -> rows.subList(1, rows.size()))),
  CELL_DOUBLED(
      "a cell of a view is answered in two rows",
      Check.VIEWS,
      Finding::doubled,
      evidence -> answered(evidence, rows -> with(rows, rows.getFirst()))),
  CELL_WRONG(
      "a number of a cell is one too many",
      Check.VIEWS,
      Finding::wrong,
      evidence ->
          answered(
              evidence,
              rows -> changed(rows, row -> new AnsweredCell(row.key(), oneMore(row.values())))));

  private final String label;
  private final Check check;
  private final ToLongFunction<Finding> sign;
  private final UnaryOperator<Evidence> plant;

  PlantedFault(
      String label, Check check, ToLongFunction<Finding> sign, UnaryOperator<Evidence> plant) {
    this.label = label;
    this.check = check;
    this.sign = sign;
    this.plant = plant;
  }

  public String label() {
    return label;
  }

  public Check check() {
    return check;
  }

  /** Whether the check finds it, as what it is, in this evidence. */
  public boolean isFoundIn(Evidence evidence) {
    long before = sign.applyAsLong(check.examine(evidence));
    Finding after = check.examine(plant.apply(evidence));
    return !after.passed() && sign.applyAsLong(after) > before;
  }

  private static Evidence withoutAcknowledged(Evidence evidence) {
    LedgerEntry victim =
        evidence.ledger().stream()
            .filter(LedgerEntry::isAcknowledged)
            .filter(entry -> isLogged(evidence, entry))
            .findFirst()
            .orElseThrow();
    return evidence.withLog(
        evidence.log().stream().filter(event -> !event.id().equals(victim.id())).toList());
  }

  private static boolean isLogged(Evidence evidence, LedgerEntry entry) {
    return evidence.log().stream().anyMatch(event -> event.id().equals(entry.id()));
  }

  /** Of the same number of events for both, so that the sums of the ids alone can tell. */
  private static Evidence withOtherVisitor(Evidence evidence) {
    List<LaneEntry> lanes = new ArrayList<>(evidence.lanes());
    for (int first = 0; first < lanes.size(); first++) {
      LaneEntry one = lanes.get(first);
      for (int second = first + 1; second < lanes.size(); second++) {
        LaneEntry other = lanes.get(second);
        if (one.outcome() == other.outcome()
            && isSent(evidence, one)
            && isSent(evidence, other)
            && !visitor(one).equals(visitor(other))) {
          lanes.set(first, of(one, visitor(other)));
          lanes.set(second, of(other, visitor(one)));
          return evidence.withLanes(lanes);
        }
      }
    }
    throw new IllegalStateException("all events are of one visitor");
  }

  private static boolean isSent(Evidence evidence, LaneEntry lane) {
    return lane.outcome() == Outcome.COUNTED
        && evidence.ledger().stream().anyMatch(entry -> entry.id().equals(lane.id()));
  }

  private static LaneEntry of(LaneEntry entry, String visitor) {
    return new LaneEntry(entry.source(), entry.outcome(), entry.id(), entry.contents().of(visitor));
  }

  private static String visitor(LaneEntry entry) {
    return entry.contents().visitor();
  }

  private static List<LoggedEvent> withOtherTime(Evidence evidence) {
    Set<String> sent = idsOf(evidence);
    List<LoggedEvent> log = new ArrayList<>(evidence.log());
    for (int at = 0; at < log.size(); at++) {
      LoggedEvent event = log.get(at);
      if (sent.contains(event.id())) {
        log.set(at, new LoggedEvent(event.place(), event.id(), event.contents().later()));
        return log;
      }
    }
    throw new IllegalStateException("no event that was sent is in the log");
  }

  /** As if another collector had named the visitor otherwise: all else agrees with the log. */
  private static Evidence countedForAnother(Evidence evidence) {
    LaneEntry counted =
        evidence.lanes().stream().filter(lane -> isSent(evidence, lane)).findFirst().orElseThrow();
    LoggedEvent last = evidence.log().getLast();
    EventContents other = counted.contents().of("another");
    SourceOffset place = next(last);
    Map<SourceOffset, Outcome> judgements = new HashMap<>(evidence.judgements());
    judgements.put(place, Outcome.COUNTED);
    return evidence
        .withLog(with(evidence.log(), new LoggedEvent(place, counted.id(), other)))
        .withJudgements(judgements)
        .withLanes(
            with(evidence.lanes(), new LaneEntry(place, Outcome.COUNTED, counted.id(), other)));
  }

  private static Set<String> idsOf(Evidence evidence) {
    return evidence.ledger().stream().map(LedgerEntry::id).collect(Collectors.toSet());
  }

  private static SourceOffset next(LoggedEvent event) {
    return new SourceOffset(event.place().partition(), event.place().offset() + 1);
  }

  private static <T> List<T> with(List<T> all, T another) {
    List<T> more = new ArrayList<>(all);
    more.add(another);
    return more;
  }

  private static <T> List<T> changed(List<T> all, UnaryOperator<T> change) {
    List<T> changed = new ArrayList<>(all);
    changed.set(0, change.apply(all.getFirst()));
    return changed;
  }

  /** As the processors tell them, so that all that is made of it is tried too. */
  private static BooksSpan booked(BooksSpan books, long more) {
    return books.withAfter(
        partition -> {
          var outcomes = new EnumMap<Outcome, Long>(partition.outcomes());
          outcomes.merge(Outcome.COUNTED, more, Long::sum);
          return of(partition, outcomes, partition.balanced());
        });
  }

  private static Audit.Partition withBalance(Audit.Partition partition, boolean balanced) {
    return of(partition, partition.outcomes(), balanced);
  }

  private static Audit.Partition of(
      Audit.Partition partition, Map<Outcome, Long> outcomes, boolean balanced) {
    return new Audit.Partition(
        partition.partition(),
        partition.accepted(),
        partition.processed(),
        partition.accountedThrough(),
        outcomes,
        partition.difference(),
        balanced);
  }

  /** An answer without rows has no place for a fault, and so none is found. */
  private static Evidence answered(Evidence evidence, UnaryOperator<List<AnsweredCell>> change) {
    List<AnsweredCell> rows = evidence.answer().rows();
    return rows.isEmpty()
        ? evidence
        : evidence.withAnswer(evidence.answer().withRows(change.apply(rows)));
  }

  private static Map<String, BigDecimal> oneMore(Map<String, BigDecimal> values) {
    var changed = new HashMap<>(values);
    changed.entrySet().stream()
        .findFirst()
        .ifPresent(value -> value.setValue(value.getValue().add(BigDecimal.ONE)));
    return changed;
  }
}
