package io.millrace.streams.session;

import static io.millrace.streams.session.SessionEvents.MINUTE;
import static io.millrace.streams.session.SessionEvents.VISITOR;
import static io.millrace.streams.session.SessionEvents.page;
import static io.millrace.streams.session.SessionEvents.receivedAt;
import static io.millrace.streams.session.SessionEvents.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.PublishedSession;
import io.millrace.model.Session;
import io.millrace.model.SessionId;
import io.millrace.views.SessionChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionKeeperTest {
  private static final long NOON = 1_770_000_000_000L;
  private static final Duration LATENESS = Duration.ofDays(3);

  private SessionKeeper keeper =
      new SessionKeeper(SessionConfig.DEFAULT, LATENESS, SiteInactivity.USUAL);
  private VisitorSessions visitor = VisitorSessions.none(VISITOR);
  private final List<SessionRecord> records = new ArrayList<>();
  private final List<Session> published = new ArrayList<>();
  private long number = 100;
  private List<SessionChange> changes = List.of();

  @Test
  void aVisitIsOneSessionUntilThirtyMinutesWithoutAnEvent() {
    // When
    count(page("1", NOON, "/a", "search"));
    count(page("2", NOON + 30 * MINUTE, "/b", "internal"));
    count(track("3", NOON + 60 * MINUTE));
    count(page("4", NOON + 90 * MINUTE + 1, "/c"));

    // Then
    assertThat(sessions()).hasSize(2);
    Session first = sessions().getFirst();
    assertThat(first.id()).isEqualTo(SessionId.openedBy(VISITOR, "1", NOON));
    assertThat(first.entryPage()).isEqualTo("/a");
    assertThat(first.exitPage()).isEqualTo("/b");
    assertThat(first.events()).isEqualTo(3);
    assertThat(first.pageViews()).isEqualTo(2);
    assertThat(first.durationMillis()).isEqualTo(60 * MINUTE);
    assertThat(first.isBounce()).isFalse();
    assertThat(first.source().referrerMedium()).isEqualTo("search");
    assertThat(sessions().getLast().isBounce()).isTrue();
  }

  @Test
  void aLateEventBecomesTheFirstOfItsSessionAndTheIdStays() {
    // Given
    count(page("2", NOON, "/b", "internal"));

    // When
    count(page("1", NOON - 10 * MINUTE, "/a", "email"));

    // Then
    Session session = sessions().getFirst();
    assertThat(session.id()).isEqualTo(SessionId.openedBy(VISITOR, "2", NOON));
    assertThat(session.start()).isEqualTo(NOON - 10 * MINUTE);
    assertThat(session.entryPage()).isEqualTo("/a");
    assertThat(session.exitPage()).isEqualTo("/b");
    assertThat(session.source().referrerMedium()).isEqualTo("email");
  }

  @Test
  void aLateEventBetweenTwoSessionsMakesThemOne() {
    // Given
    count(page("2", NOON + 50 * MINUTE, "/b"));
    count(page("1", NOON, "/a"));
    Session later = sessions().getFirst();
    Session earlier = sessions().getLast();

    // When
    count(track("3", NOON + 25 * MINUTE));

    // Then
    Session merged = sessions().getFirst();
    assertThat(sessions()).hasSize(1);
    assertThat(merged.id()).isEqualTo(earlier.id());
    assertThat(merged.pageViews()).isEqualTo(2);
    assertThat(changes)
        .containsExactlyInAnyOrder(SessionChange.grown(earlier, merged), SessionChange.gone(later));
    assertThat(published).isEmpty();
  }

  @Test
  void aSessionIsPublishedOnceWhenItsVisitorHasBeenQuiet() {
    // Given
    count(page("1", NOON, "/a"));
    long due = keeper.due(visitor);

    // When
    close(due - 1);
    assertThat(published).isEmpty();
    close(due);
    close(due + 1);

    // Then
    assertThat(due).isEqualTo(NOON + 35 * MINUTE);
    assertThat(published).hasSize(1);
    assertThat(published.getFirst().revision()).isEqualTo(1);
  }

  @Test
  void whatALateEventAddsToAPublishedSessionIsPublishedAsTheNextRevision() {
    // Given
    count(page("1", NOON, "/a"), NOON);
    close(NOON + 35 * MINUTE);

    // When
    count(page("2", NOON + MINUTE, "/b"), NOON + 120 * MINUTE);
    close(NOON + 154 * MINUTE);
    assertThat(published).hasSize(1);
    close(NOON + 155 * MINUTE);

    // Then
    assertThat(published).hasSize(2);
    assertThat(published.getLast().id()).isEqualTo(published.getFirst().id());
    assertThat(published.getLast().revision()).isEqualTo(2);
    assertThat(published.getLast().pageViews()).isEqualTo(2);
  }

  @Test
  void aPublishedSessionThatBecomesPartOfAnotherSaysSo() {
    // Given
    count(page("1", NOON, "/a"));
    count(page("2", NOON + 50 * MINUTE, "/b"));
    close(NOON + 200 * MINUTE);
    Session later = published.getLast();

    // When
    count(track("3", NOON + 25 * MINUTE), NOON + 200 * MINUTE);

    // Then
    Session last = published.getLast();
    assertThat(last.id()).isEqualTo(later.id());
    assertThat(last.revision()).isEqualTo(2);
    assertThat(last.mergedInto()).isEqualTo(sessions().getFirst().id().value());
  }

  @Test
  void aRecordSaysWhatItReplacesThoughMoreHasHappenedSince() {
    // Given
    count(page("1", NOON, "/a"));
    count(page("2", NOON + 50 * MINUTE, "/b"));
    close(NOON + 200 * MINUTE);

    // When: the second is joined, and then the first and the second by one between them.
    count(page("3", NOON + 51 * MINUTE, "/c"), NOON + 200 * MINUTE);
    count(track("4", NOON + 25 * MINUTE), NOON + 201 * MINUTE);
    close(NOON + 300 * MINUTE);

    // Then
    assertThat(records).extracting(SessionRecord::number).containsExactly(100L, 101L, 102L, 103L);
    assertThat(records.get(0).replaced()).isEmpty();
    assertThat(records.get(1).replaced()).isEmpty();
    assertThat(records.get(2).session().mergedInto())
        .isEqualTo(records.get(0).session().id().value());
    assertThat(records.get(2).session().pageViews()).isEqualTo(2);
    assertThat(records.get(2).replaced())
        .contains(new PublishedSession(101, records.get(1).session()));
    assertThat(records.get(3).replaced())
        .contains(new PublishedSession(100, records.get(0).session()));
  }

  @Test
  void aClosedSessionIsForgottenWhenNoEventCanBeThatLate() {
    // Given
    count(page("1", NOON, "/a"));
    close(NOON + 35 * MINUTE);
    assertThat(sessions()).hasSize(1);

    // When
    close(keeper.due(visitor));

    // Then
    assertThat(visitor.sessions()).isEmpty();
    assertThat(keeper.due(visitor)).isEqualTo(VisitorSessions.NO_TIMER);
    assertThat(published).hasSize(1);
  }

  @Test
  void theSessionThatNothingJoinedForLongestMakesRoomAndIsPublished() {
    // Given
    keeper =
        new SessionKeeper(
            new SessionConfig(Duration.ofMinutes(30), Duration.ZERO, 2),
            LATENESS,
            SiteInactivity.USUAL);
    count(page("1", NOON, "/a"));
    count(page("2", NOON - 1_000 * MINUTE, "/b"));
    count(page("3", NOON + MINUTE, "/c"));

    // When
    count(page("4", NOON - 2_000 * MINUTE, "/d"));

    // Then
    assertThat(published).extracting(Session::entryPage).containsExactly("/b");
    assertThat(sessions()).extracting(Session::entryPage).containsExactly("/a", "/d");
  }

  @Test
  void aChangedInactivityHoldsForEventsReceivedFromThenOn() {
    // Given
    long change = NOON + 60 * MINUTE;
    keeper =
        new SessionKeeper(
            SessionConfig.DEFAULT,
            LATENESS,
            (site, received, usual) -> received < change ? usual : 5 * MINUTE);
    count(page("1", NOON, "/a"));

    // When
    count(receivedAt(change - 1, page("2", NOON + 20 * MINUTE, "/b")), change - 1);
    long due = keeper.due(visitor);
    count(receivedAt(change, page("3", NOON + 40 * MINUTE, "/c")), change);
    count(receivedAt(change, page("4", NOON + 25 * MINUTE, "/d")), change);

    // Then
    assertThat(due).isEqualTo(change - 1 + 35 * MINUTE);
    assertThat(sessions()).extracting(Session::exitPage).containsExactly("/c", "/d");
    assertThat(keeper.due(visitor)).isEqualTo(change + 10 * MINUTE);
  }

  @Test
  void aLongerInactivityMergesAllSessionsThatAnEventReaches() {
    // Given
    keeper =
        new SessionKeeper(
            SessionConfig.DEFAULT,
            LATENESS,
            (site, received, usual) -> received < NOON + MINUTE ? MINUTE : 60 * MINUTE);
    for (int i = 0; i < 4; i++) {
      count(receivedAt(NOON, page("1" + i, NOON + 10L * i * MINUTE, "/" + i)));
    }
    assertThat(sessions()).hasSize(4);

    // When
    count(receivedAt(NOON + MINUTE, page("2", NOON + 15 * MINUTE, "/x")));

    // Then
    assertThat(sessions()).hasSize(1);
    assertThat(sessions().getFirst().events()).isEqualTo(5);
    assertThat(sessions().getFirst().id()).isEqualTo(SessionId.openedBy(VISITOR, "10", NOON));
  }

  @Test
  void nonsenseIsRefusedWithItsName() {
    assertThatThrownBy(() -> new SessionConfig(Duration.ZERO, Duration.ZERO, 1))
        .hasMessageContaining("inactivity");
    assertThatThrownBy(() -> new SessionConfig(Duration.ofMinutes(1), Duration.ofMinutes(-1), 1))
        .hasMessageContaining("closing-delay");
    assertThatThrownBy(() -> new SessionConfig(Duration.ofMinutes(1), Duration.ZERO, 0))
        .hasMessageContaining("most-per-visitor");
  }

  private void count(SessionEvent event) {
    count(event, NOON);
  }

  private void count(SessionEvent event, long now) {
    take(keeper.count(visitor, event, now, number));
  }

  private void close(long now) {
    take(keeper.close(visitor, now, number));
  }

  private void take(SessionUpdate update) {
    visitor = update.visitor();
    changes = update.changes();
    number += update.published().size();
    records.addAll(update.published());
    update.published().forEach(record -> published.add(record.session()));
  }

  private List<Session> sessions() {
    return visitor.sessions().stream().map(KeptSession::session).toList();
  }
}
