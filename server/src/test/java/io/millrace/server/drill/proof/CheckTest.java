package io.millrace.server.drill.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Outcome;
import io.millrace.model.SourceOffset;
import io.millrace.server.report.Audit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checks pass what is right, and each is seen to find what it is for. */
class CheckTest {
  private static final Audit NO_BOOKS = new Audit(true, "", 0, 0, 0, List.of());

  private final Evidence right = EvidenceBuilder.right();

  @ParameterizedTest
  @EnumSource
  void whatIsRightPasses(Check check) {
    Finding finding = check.examine(right);

    assertThat(finding.passed()).as(finding.toString()).isTrue();
    assertThat(finding.compared()).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void aPlantedFaultIsFound(PlantedFault fault) {
    assertThat(fault.isFoundIn(right)).as(fault.label()).isTrue();
  }

  @Test
  void everyCheckHasAFaultToFind() {
    assertThat(Arrays.stream(PlantedFault.values()).map(PlantedFault::check))
        .containsAll(List.of(Check.values()));
  }

  @ParameterizedTest
  @EnumSource
  void nothingToLookAtIsNoSuccess(Check check) {
    var nothing =
        new Evidence(
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            new BooksSpan(NO_BOOKS, NO_BOOKS, Map.of()),
            Map.of(),
            ViewsAnswer.of("processor-1", List.of()));

    assertThat(check.examine(nothing).passed()).isFalse();
  }

  @Test
  void anEventThatWasNeverAcknowledgedMayBeMissing() {
    List<LedgerEntry> ledger =
        right.ledger().stream()
            .map(
                entry ->
                    entry.id().equals("e-0")
                        ? new LedgerEntry(entry.id(), entry.contents(), 1, 1, 90, 0)
                        : entry)
            .toList();
    List<LoggedEvent> log =
        right.log().stream().filter(event -> !event.id().equals("e-0")).toList();

    assertThat(Check.LEDGER.examine(right.withLedger(ledger).withLog(log)).passed()).isTrue();
    assertThat(Check.LEDGER.examine(right.withLog(log)).lost()).isEqualTo(1);
  }

  @Test
  void countingAnEventAgainIsFoundThoughEachRecordHasOneOutcome() {
    List<LaneEntry> lanes = lanesCounted();

    Finding finding = Check.OUTCOMES.examine(right.withLanes(lanes));

    assertThat(finding.doubled()).isEqualTo(1);
    assertThat(finding.wrong()).isEqualTo(1);
    assertThat(Check.KEYS.examine(right.withLanes(lanes)).wrong()).isEqualTo(2);
  }

  @Test
  void anEventMayBeCountedAsOftenAsTheClientAllows() {
    Evidence counted = right.withJudgements(allCounted()).withLanes(lanesCounted());
    List<LedgerEntry> ledger =
        right.ledger().stream()
            .map(entry -> new LedgerEntry(entry.id(), entry.contents(), 2, 2, 90, 100))
            .toList();

    assertThat(Check.OUTCOMES.examine(counted).doubled()).isEqualTo(1);
    assertThat(Check.OUTCOMES.examine(counted.withLedger(ledger)).passed()).isTrue();
  }

  private Map<SourceOffset, Outcome> allCounted() {
    return right.judgements().keySet().stream()
        .collect(Collectors.toMap(place -> place, place -> Outcome.COUNTED));
  }

  private List<LaneEntry> lanesCounted() {
    return right.lanes().stream()
        .map(entry -> new LaneEntry(entry.source(), Outcome.COUNTED, entry.id(), entry.contents()))
        .toList();
  }

  @Test
  void whatTheViewsSayTheyHaveIsNotTakenForOutcomes() {
    Finding finding = books(account(10, 10, true), account(15, 14, true));

    assertThat(finding.lost()).isEqualTo(1);
    assertThat(finding.doubled()).isZero();
  }

  @Test
  void whatWasWrongWithTheBooksBeforeIsNoFaultOfThisDrill() {
    assertThat(books(account(10, 8, false), account(15, 13, false)).passed()).isTrue();
    assertThat(books(account(10, 8, false), account(15, 12, false)).lost()).isEqualTo(1);
  }

  @Test
  void whatWasOnItsWayAtTheBeginningIsExpectedAtTheEnd() {
    assertThat(books(account(8, 8, true), account(15, 15, true)).passed()).isTrue();
  }

  @Test
  void aPartitionThatTheBooksDoNotKnowIsLost() {
    Finding finding =
        Check.BOOKS.examine(right.withBooks(new BooksSpan(NO_BOOKS, NO_BOOKS, Map.of(0, 5L))));

    assertThat(finding.lost()).isEqualTo(5);
  }

  private Finding books(Audit before, Audit after) {
    return Check.BOOKS.examine(right.withBooks(new BooksSpan(before, after, Map.of(0, 15L))));
  }

  private static Audit account(long through, long outcomes, boolean balanced) {
    return EvidenceBuilder.audit(
        EvidenceBuilder.account(through, Map.of(Outcome.COUNTED, outcomes), balanced));
  }

  @Test
  void sumsTellSetsOfTheSameSizeApart() {
    assertThat(IdSum.ZERO.plus("a-1").plus("a-2")).isEqualTo(IdSum.ZERO.plus("a-2").plus("a-1"));
    assertThat(IdSum.ZERO.plus("a-1").plus("a-4")).isNotEqualTo(IdSum.ZERO.plus("a-2").plus("a-3"));
  }
}
