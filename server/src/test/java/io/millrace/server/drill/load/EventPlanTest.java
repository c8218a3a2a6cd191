package io.millrace.server.drill.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventPlanTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final int EVENTS = 50_000;

  /** A clock that stands still asks for more events in a millisecond than any rate. */
  private final List<PlannedEvent> events =
      Stream.generate(new EventPlan("run", 42, InstantSource.fixed(NOW))::next)
          .limit(EVENTS)
          .toList();

  @Test
  void noVisitorHasTwoEventsInOneMillisecond() {
    Set<String> times = new HashSet<>();
    for (PlannedEvent event : events) {
      assertThat(times.add(event.site() + event.visitorOrSender() + '@' + event.time())).isTrue();
    }
    assertThat(events).allMatch(event -> event.time() <= NOW.toEpochMilli());
  }

  @Test
  void eventsOfDifferentVisitorsMayHappenAtOnce() {
    assertThat(events.stream().filter(event -> event.time() == NOW.toEpochMilli()).count())
        .isGreaterThan(50);
  }

  @Test
  void someVisitorsGiveNoId() {
    assertThat(events.stream().filter(event -> event.visitor().isEmpty()).count())
        .isBetween(EVENTS / 20L, EVENTS / 5L);
    assertThat(events.stream().filter(event -> event.visitor().equals("visitor-0")).count())
        .isGreaterThan(EVENTS / 3L);
  }

  @Test
  void theSameSeedGivesTheSameEvents() {
    var again = new EventPlan("run", 42, InstantSource.fixed(NOW));

    assertThat(events.subList(0, 100))
        .allSatisfy(event -> assertThat(again.next()).isEqualTo(event));
  }

  @Test
  void theLatestFreeTimeIsTaken() {
    var times = new FreeTimes();

    assertThat(List.of(times.take(9), times.take(7), times.take(9), times.take(9), times.take(8)))
        .containsExactly(9L, 7L, 8L, 6L, 5L);
  }
}
