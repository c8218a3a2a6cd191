package io.millrace.streams.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.PublishedSession;
import io.millrace.model.Session;
import io.millrace.model.SessionId;
import io.millrace.model.SessionNumber;
import io.millrace.model.SessionSource;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.views.SessionChange;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PastSessionsTest {
  private static final long START = 100;

  private final PastSessions past = new PastSessions(Map.of(3, START, 4, 0L));

  @Test
  void aRecordIsAddedAndTakesBackTheOneThatItReplaces() {
    // Given
    Session first = session("a", 1);
    Session second = session("a", 2);

    // When, Then
    assertThat(past.changeBy(record(90, first))).contains(SessionChange.opened(first));
    assertThat(past.changeBy(record(95, second, 90, first)))
        .contains(SessionChange.grown(first, second));
  }

  @Test
  void aSessionThatBecamePartOfAnotherIsOnlyTakenBack() {
    // Given
    Session first = session("a", 1);
    past.changeBy(record(90, first));

    // When, Then
    assertThat(past.changeBy(record(95, first.mergedInto(new SessionId("b")), 90, first)))
        .contains(SessionChange.gone(first));
  }

  @Test
  void whatWasSentSinceTheViewBeganIsLive() {
    assertThat(past.changeBy(record(START - 1, session("a", 1)))).isPresent();
    assertThat(past.changeBy(record(START, session("b", 1)))).isEmpty();
    assertThat(past.changeBy(record(START + 1, session("c", 1)))).isEmpty();
  }

  @Test
  void whatRetentionHasDeletedIsNotTakenBack() {
    // Given
    Session first = session("a", 1);
    Session second = session("a", 2);
    Session third = session("a", 3);
    past.changeBy(record(50, session("other", 1)));

    // When, Then
    assertThat(past.changeBy(record(51, second, 49, first))).contains(SessionChange.opened(second));
    assertThat(past.changeBy(record(52, third, 51, second)))
        .contains(SessionChange.grown(second, third));
    assertThat(past.changeBy(record(53, first.mergedInto(new SessionId("b")), 48, first)))
        .isEmpty();
  }

  @Test
  void itGoesOnWhereAnotherLeftOff() {
    // Given
    Session first = session("a", 1);
    Session second = session("a", 2);
    past.changeBy(record(50, first));
    var next = new PastSessions(Map.of(3, START, 4, 0L));

    // When
    next.resume(0, past.memory(0));
    next.resume(1, past.memory(1));

    // Then
    assertThat(next.changeBy(record(60, second, 50, first)))
        .contains(SessionChange.grown(first, second));
    assertThat(next.memory(0)).isEqualTo("3=50");
    assertThat(next.memory(1)).isEmpty();
  }

  @Test
  void recordsOfBeforeThereWereNumbersAreOfThePastAsTheyWereFirst() {
    // Given
    Session first = session("a", 1);
    Session second = session("a", 2);

    // When, Then
    assertThat(past.changeBy(unnumbered(first))).contains(SessionChange.opened(first));
    assertThat(past.changeBy(unnumbered(second))).isEmpty();
    assertThat(past.changeBy(unnumbered(first.mergedInto(new SessionId("b"))))).isEmpty();

    // When: the next program knows of the first what was written, though not its number.
    assertThat(past.changeBy(record(0, second, PublishedSession.UNNUMBERED, first)))
        .contains(SessionChange.grown(first, second));
    assertThat(past.changeBy(record(1, second))).isEmpty();
  }

  @Test
  void nothingIsGuessedOfAPartitionInWhichTheViewHasNotBegun() {
    var other = new PastSessions(Map.of(1, 0L));
    assertThatThrownBy(() -> other.changeBy(record(0, session("a", 1))))
        .hasMessageContaining("partition 3");
  }

  private static RecordedSession record(long number, Session session) {
    return record(number, session, Optional.empty());
  }

  private static RecordedSession record(
      long number, Session session, long replacedNumber, Session replaced) {
    return record(number, session, Optional.of(new PublishedSession(replacedNumber, replaced)));
  }

  private static RecordedSession record(
      long number, Session session, Optional<PublishedSession> replaced) {
    return new RecordedSession(
        0, Optional.of(new SessionNumber(3, number)), session, replaced, 1_770_000_000_000L);
  }

  private static RecordedSession unnumbered(Session session) {
    return new RecordedSession(0, Optional.empty(), session, Optional.empty(), 1);
  }

  private static Session session(String id, int revision) {
    return new Session(
        new SessionId(id),
        new SiteId("demo"),
        new VisitorId("v"),
        revision,
        "",
        0,
        0,
        revision,
        0,
        "",
        "",
        new SessionSource("", "", "", "", ""));
  }
}
