package io.millrace.query.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.cell.Grain;
import io.millrace.views.KeptSince;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SpanCoverTest {
  private static final Set<Grain> GRAINS = EnumSet.of(Grain.MINUTE, Grain.HOUR, Grain.DAY);
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final KeptSince KEPT =
      new KeptSince(
          Map.of(
              Grain.MINUTE, millis("2026-10-25T10:00:00Z"),
              Grain.HOUR, millis("2026-08-01T00:00:00Z")));

  @Test
  void whereMinutesAreGoneASpanBeginsWithAWholeHour() {
    Coverage coverage = covered("2026-10-20T10:10:00Z", "2026-11-01T10:30:10Z").orElseThrow();

    assertThat(coverage.begin()).contains(Instant.parse("2026-10-20T11:00:00Z"));
    assertThat(coverage.end()).contains(Instant.parse("2026-11-01T10:31:00Z"));
    assertThat(coverage.ranges())
        .containsExactly(
            range(Grain.HOUR, "2026-10-20T11:00:00Z", "2026-10-21T00:00:00Z"),
            range(Grain.DAY, "2026-10-21T00:00:00Z", "2026-11-01T00:00:00Z"),
            range(Grain.HOUR, "2026-11-01T00:00:00Z", "2026-11-01T10:00:00Z"),
            range(Grain.MINUTE, "2026-11-01T10:00:00Z", "2026-11-01T10:31:00Z"));
  }

  @Test
  void whereHoursAreGoneItBeginsAndEndsWithAWholeDay() {
    Coverage coverage = covered("2026-05-01T10:10:00Z", "2026-05-02T10:10:00Z").orElseThrow();

    assertThat(coverage.ranges())
        .containsExactly(range(Grain.DAY, "2026-05-02T00:00:00Z", "2026-05-03T00:00:00Z"));
  }

  @Test
  void aSpanBetweenTwoWindowsThatAreKeptHasNoAnswer() {
    assertThat(covered("2026-10-20T10:10:00Z", "2026-10-20T10:30:00Z")).isEmpty();
    assertThat(covered("2026-10-26T10:10:00Z", "2026-10-26T10:30:00Z")).isPresent();
  }

  @Test
  void aSpanOfNoWindowIsEmptyAndNoError() {
    assertThat(covered("2026-10-20T10:10:01Z", "2026-10-20T10:10:02Z"))
        .map(Coverage::ranges)
        .contains(List.of());
  }

  @Test
  void aSeriesBeginsWithWhatIsKeptOrNotAtAll() {
    var since = new TimeSpan(Optional.of(Instant.parse("2026-10-25T09:59:00Z")), Optional.empty());
    var until = new TimeSpan(Optional.empty(), Optional.of(Instant.parse("2026-10-25T10:00:00Z")));

    assertThat(SpanCover.ofGrain(since, Grain.MINUTE, KEPT)).isEmpty();
    assertThat(SpanCover.ofGrain(until, Grain.MINUTE, KEPT)).isEmpty();
    assertThat(SpanCover.ofGrain(since, Grain.HOUR, KEPT)).isPresent();
    assertThat(SpanCover.ofGrain(TimeSpan.ALL_TIME, Grain.MINUTE, KEPT))
        .map(Coverage::from)
        .contains(KEPT.of(Grain.MINUTE));
  }

  @Property(tries = 2000)
  void onlyKeptWindowsAreReadAndSpansThatMeetHaveNoneInCommon(
      @ForAll @LongRange(min = 0, max = 200) long from,
      @ForAll @LongRange(min = 1, max = 12_000) long middle,
      @ForAll @LongRange(min = 1, max = 12_000) long to,
      @ForAll @LongRange(min = 0, max = 100) long keptHours,
      @ForAll @LongRange(min = 0, max = 4) long keptDays) {
    long minute = Grain.MINUTE.length().toMillis();
    var kept =
        new KeptSince(
            Map.of(Grain.MINUTE, (keptDays * 24 + keptHours) * HOUR, Grain.HOUR, keptDays * DAY));
    long first = from * 7 * minute;
    long second = first + middle * minute;
    long third = second + to * minute;

    Optional<Coverage> one = SpanCover.of(span(first, second), GRAINS, kept);
    Optional<Coverage> other = SpanCover.of(span(second, third), GRAINS, kept);
    Optional<Coverage> both = SpanCover.of(span(first, third), GRAINS, kept);

    for (Optional<Coverage> each : List.of(one, other, both)) {
      each.ifPresent(coverage -> requireWhole(coverage, kept));
    }
    if (one.isPresent() && other.isPresent()) {
      assertThat(one.get().to()).isEqualTo(other.get().from());
      assertThat(both.orElseThrow().from()).isEqualTo(one.get().from());
      assertThat(both.orElseThrow().to()).isEqualTo(other.get().to());
    }
    both.ifPresent(
        coverage -> {
          assertThat(coverage.from()).isBetween(first, first + DAY - 1);
          assertThat(coverage.to()).isBetween(third, third + DAY - 1);
        });
  }

  private static void requireWhole(Coverage coverage, KeptSince kept) {
    long reached = coverage.from();
    for (CellRange range : coverage.ranges()) {
      assertThat(range.from()).isEqualTo(reached);
      assertThat(range.from()).isEqualTo(range.grain().windowStart(range.from()));
      assertThat(range.to()).isEqualTo(range.grain().windowStart(range.to()));
      assertThat(range.from()).isGreaterThanOrEqualTo(kept.of(range.grain()));
      reached = range.to();
    }
    assertThat(reached).isEqualTo(coverage.to());
  }

  private static Optional<Coverage> covered(String from, String to) {
    return SpanCover.of(
        new TimeSpan(Optional.of(Instant.parse(from)), Optional.of(Instant.parse(to))),
        GRAINS,
        KEPT);
  }

  private static TimeSpan span(long from, long to) {
    return new TimeSpan(
        Optional.of(Instant.ofEpochMilli(from)), Optional.of(Instant.ofEpochMilli(to)));
  }

  private static CellRange range(Grain grain, String from, String to) {
    return new CellRange(grain, millis(from), millis(to));
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
