package io.millrace.streams.judge;

import static io.millrace.streams.Clicks.NOW;
import static io.millrace.streams.Clicks.click;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Readmission;
import io.millrace.streams.judge.SeenEvents.Sighting;
import java.time.Duration;
import java.util.HashMap;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredSeenEventsTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long WINDOW = JudgeConfig.DEFAULT.duplicateWindow().toMillis();
  private static final long BACKFILL_WINDOW =
      JudgeConfig.DEFAULT.backfillDuplicateWindow().toMillis();

  private final SeenEventsStores stores = new SeenEventsStores();
  private StoredSeenEvents seen = stores.restarted(JudgeConfig.DEFAULT);

  @AfterEach
  void close() {
    stores.close();
  }

  /**
   * A map is the oracle. Within the window each event sent again is found; an hour after its end
   * none is; in between both will do. Collectors' clocks differ by up to 50 minutes.
   */
  @Property(tries = 60)
  void isThatOfAPlainMap(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int step, @ForAll boolean backfill) {
    var random = new Random(seed);
    var first = new HashMap<String, Long>();
    long window = backfill ? BACKFILL_WINDOW : WINDOW;
    long now = NOW;
    try (var fresh = new SeenEventsStores()) {
      StoredSeenEvents memory = fresh.restarted(JudgeConfig.DEFAULT);
      for (int i = 0; i < 2_000; i++) {
        now += random.nextLong(step * window / 2_000);
        long received = now - random.nextLong(50 * HOUR / 60);
        String visitor = "v" + random.nextInt(3);
        String id = Integer.toString(random.nextInt(400));

        boolean isNew = isNew(memory, visitor, id, received, backfill);

        Long earlier = first.get(visitor + id);
        if (earlier == null || received >= earlier + window + HOUR) {
          assertThat(isNew).as("event %s is no duplicate", i).isTrue();
        } else if (received < earlier + window) {
          assertThat(isNew).as("event %s is a duplicate", i).isFalse();
        }
        if (isNew) {
          first.put(visitor + id, received);
        }
        if (random.nextInt(20) == 0) {
          fresh.written();
          memory.sweep();
        }
        if (random.nextInt(200) == 0) {
          memory = fresh.restarted(JudgeConfig.DEFAULT);
        }
      }
    }
  }

  @Test
  void theWindowBeginsWithTheFirstReceptionAndIsNotProlonged() {
    assertThat(isNew("v", "1", NOW)).isTrue();
    assertThat(isNew("v", "1", NOW + WINDOW - 1)).isFalse();
    assertThat(isNew("v", "1", NOW + WINDOW + HOUR)).isTrue();
  }

  @Test
  void anEventOfAnImportIsKnownForThirtyDaysHoweverOldItIs() {
    assertThat(isOldNew("1", NOW)).isTrue();
    assertThat(isOldNew("1", NOW + BACKFILL_WINDOW - 1)).isFalse();
    assertThat(isOldNew("1", NOW + BACKFILL_WINDOW + HOUR)).isTrue();
  }

  @Test
  void aReadmittedEventIsKnownFromItsReadmissionForAsLongAsALaneCanBeReadmitted() {
    long again = NOW + Readmission.OLDEST.toMillis();
    assertThat(isNew("v", "1", NOW)).isTrue();

    assertThat(isReadmittedNew("1", again)).isTrue();
    assertThat(isReadmittedNew("1", again + Readmission.OLDEST.toMillis())).isFalse();
  }

  @Test
  void aVisitorOfAnOrdinaryDayNeedsLessThanAKilobyte() {
    for (int i = 0; i < 500; i++) {
      isNew("v", "event-" + i, NOW + i);
    }

    assertThat(SeenEventsStores.values(stores.written()))
        .singleElement()
        .satisfies(record -> assertThat(record).hasSizeLessThan(1_000));
  }

  @Test
  void whatIsOverIsDeletedOfVisitorsWhoNeverComeBack() {
    // Given
    for (int i = 0; i < 20_000; i++) {
      isNew("v" + i % 100, "event-" + i, NOW);
    }
    assertThat(SeenEventsStores.size(stores.furtherEvents)).isGreaterThan(5_000);

    // When
    isNew("another", "1", NOW + WINDOW + 2 * HOUR);
    sweepToTheEnd();

    // Then
    assertThat(SeenEventsStores.size(stores.written())).isEqualTo(1);
    assertThat(SeenEventsStores.size(stores.furtherEvents)).isZero();
  }

  @Test
  void aSweepDoesABoundedAmountOfWork() {
    // Given
    for (int i = 0; i < 3 * SeenEventsSweep.SLICE; i++) {
      isNew("v" + i, "1", NOW);
    }
    sweepToTheEnd();
    isNew("z", "1", NOW + WINDOW + 2 * HOUR);

    // When
    stores.written();
    seen.sweep();

    // Then
    assertThat(SeenEventsStores.size(stores.written()))
        .as("a slice, and two for the visitor who came since")
        .isEqualTo(2 * SeenEventsSweep.SLICE + 1 - 2);
  }

  @Test
  void aPageForgetsItsOldestForTheNextAndStaysAsLargeAsItIs() {
    // Given
    MarkPage page = MarkPage.EMPTY;
    for (int i = 0; i < 1_000; i++) {
      page = page.with(new EventMark(i, 5), 0);
    }

    // Then
    assertThat(page.bytes()).hasSize(Marks.CAPACITY * Marks.MARK_BYTES);
    assertThat(page.knows(1_000 - Marks.CAPACITY, 0)).isTrue();
    assertThat(page.knows(1_000 - Marks.CAPACITY - 1, 0)).isFalse();
  }

  @Test
  void ofAVeryBusyVisitorEveryDuplicateIsFoundAndTheStateHasABound() {
    // Given
    int many = 200_000;
    for (int i = 0; i < many; i++) {
      isNew("v", "event-" + i, NOW);
    }

    // Then
    for (int i = 0; i < many; i++) {
      assertThat(isNew("v", "event-" + i, NOW)).isFalse();
    }
    assertThat(SeenEventsStores.size(stores.furtherEvents)).isLessThanOrEqualTo(65_536);
  }

  @Test
  void newEventsOfAMinuteAreNumberedWhereTheirNumberMatters() {
    assertThat(see("v", "0", NOW)).isEqualTo(new Sighting(true, 0));
    seen = stores.restarted(JudgeConfig.DEFAULT.withMaxEventsPerMinute(2));
    assertThat(see("v", "1", NOW)).isEqualTo(new Sighting(true, 1));
    assertThat(see("v", "2", NOW)).isEqualTo(new Sighting(true, 2));
    assertThat(see("v", "2", NOW)).isEqualTo(Sighting.AGAIN);
    assertThat(see("w", "3", NOW)).isEqualTo(new Sighting(true, 1));
    assertThat(see("v", "4", NOW + 60_000)).isEqualTo(new Sighting(true, 1));
  }

  private void sweepToTheEnd() {
    for (int i = 0; i < 20; i++) {
      stores.written();
      seen.sweep();
    }
  }

  private boolean isNew(String visitor, String id, long recordTime) {
    return see(visitor, id, recordTime).isNew();
  }

  private Sighting see(String visitor, String id, long recordTime) {
    return seen.see(click(id, visitor, "/", recordTime, "Firefox", false), Arrival.at(recordTime));
  }

  private boolean isReadmittedNew(String id, long recordTime) {
    return seen.see(click(id, "v", "/"), new Arrival(recordTime, true)).isNew();
  }

  private boolean isOldNew(String id, long recordTime) {
    return seen.see(click(id, "v", "/", HOUR, "Firefox", true), Arrival.at(recordTime)).isNew();
  }

  private static boolean isNew(
      SeenEvents memory, String visitor, String id, long recordTime, boolean backfill) {
    long time = backfill ? HOUR : recordTime;
    return memory
        .see(click(id, visitor, "/", time, "Firefox", backfill), Arrival.at(recordTime))
        .isNew();
  }
}
