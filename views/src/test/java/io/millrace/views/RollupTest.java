package io.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.ClickEvent;
import io.millrace.model.EnrichedClick;
import io.millrace.model.Enrichment;
import io.millrace.model.EventType;
import io.millrace.model.Outcome;
import io.millrace.model.PartitionBooks;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Distinct;
import io.millrace.model.cell.Grain;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class RollupTest {
  private static final Filter EVERYTHING = new Filter.Everything();
  private static final long NOON = Instant.parse("2026-03-01T12:00:30Z").toEpochMilli();

  private final PartialTable table = new PartialTable(BuiltInViews.all());
  private final Rollup rollup = new Rollup(table);

  @Test
  void aClickIsInEachGrainOfEachView() {
    // When
    rollup.add(counted("/a", "v1", EventType.PAGE, 0));
    rollup.add(counted("/a", "v2", EventType.TRACK, 1));
    rollup.add(counted("/b", "v1", EventType.PAGE, 2));

    // Then
    Map<CellKey, Cell> cells = cells();
    for (Grain grain : EnumSet.of(Grain.MINUTE, Grain.HOUR, Grain.DAY)) {
      Cell page =
          cells.get(new CellKey("pages", grain, "demo", grain.windowStart(NOON), List.of("/a")));
      assertThat(page.value(0)).isEqualTo(2L);
      assertThat(page.value(1)).isEqualTo(1L);
      assertThat(visitors(page)).isEqualTo(2);
      Cell traffic =
          cells.get(new CellKey("traffic", grain, "demo", grain.windowStart(NOON), List.of()));
      assertThat(traffic.value(0)).isEqualTo(3L);
      assertThat(visitors(traffic)).isEqualTo(2);
    }
    assertThat(
            cells
                .get(new CellKey("url_click_counts", Grain.ALL, "", 0, List.of("http://demo/a")))
                .value(0))
        .isEqualTo(2L);
  }

  @Test
  void whatIsNotCountedIsInTheOutcomesAndTheBooksAlone() {
    // When
    rollup.add(
        JudgedClick.rejected(Outcome.BOT, "a robot", event("/a", "v", EventType.PAGE), 3, 7, NOON));
    rollup.add(JudgedClick.undecodable("not an event", 3, 8, NOON));

    // Then
    Map<CellKey, Cell> cells = cells();
    assertThat(cells.keySet()).extracting(CellKey::view).containsOnly("outcomes", "books");
    assertThat(
            cells
                .get(
                    new CellKey(
                        "outcomes",
                        Grain.DAY,
                        "",
                        Grain.DAY.windowStart(NOON),
                        List.of("invalid", "not an event")))
                .value(0))
        .isEqualTo(1L);
  }

  @Test
  void theBooksOfAPartitionAddUp() {
    // Given
    rollup.add(counted("/a", "v1", EventType.PAGE, 0));
    rollup.add(
        JudgedClick.rejected(Outcome.BOT, "a robot", event("/a", "v", EventType.PAGE), 0, 1, NOON));

    // When
    Map<Integer, PartitionBooks> books = new Books(reader(), 1).read();

    // Then
    assertThat(books).containsOnlyKeys(0);
    assertThat(books.get(0).accountedThrough()).isEqualTo(2);
    assertThat(books.get(0).outcomesTotal()).isEqualTo(2);
    assertThat(books.get(0).addsUp()).isTrue();
    assertThat(books.get(0).outcomes())
        .containsEntry(Outcome.BOT, 1L)
        .containsEntry(Outcome.LATE, 0L);
  }

  @Test
  void anEventLostDoesNotMakeUpForOneDoubled() {
    // When: offset 1 is lost, offset 2 counted twice.
    for (long offset : new long[] {0, 2, 2, 3}) {
      rollup.add(counted("/a", "v1", EventType.PAGE, offset));
    }

    // Then
    PartitionBooks books = new Books(reader(), 1).read().get(0);
    assertThat(books.outcomesTotal()).isEqualTo(books.accountedThrough());
    assertThat(books.addsUp()).isFalse();
  }

  @Test
  void anAccountThatHasNotReachedEveryPartitionOfCellsIsBehind() {
    rollup.add(counted("/a", "v1", EventType.PAGE, 0));

    assertThat(new Books(reader(), 2).read().get(0).accountedThrough()).isZero();
  }

  @Test
  void allWindowsOfAGroupHaveTheSameHash() {
    rollup.add(counted("/a", "v1", EventType.PAGE, 0));
    var hashes = new HashMap<String, Integer>();
    table.forEach((view, key, groupHash, cell) -> hashes.put(view.name(), groupHash));
    table.clear();

    rollup.add(counted("/a", "v1", EventType.PAGE, 0, NOON + 5 * 3_600_000L));

    table.forEach(
        (view, key, groupHash, cell) ->
            assertThat(groupHash).as(view.name()).isEqualTo(hashes.get(view.name())));
  }

  @Test
  void onlyTheShortestWindowsOfAViewAreGathered() {
    rollup.add(counted("/a", "v1", EventType.PAGE, 0));

    table.forEach(
        (view, key, groupHash, cell) ->
            assertThat(CellKey.parse(key.toBytes()).grain())
                .isEqualTo(view.grains().contains(Grain.MINUTE) ? Grain.MINUTE : Grain.ALL));
    assertThat(table.size()).isEqualTo(11);
  }

  @Test
  void aPlanThatCannotBeKeptIsRefusedByName() {
    List<Aggregate> count = List.of(new Aggregate.Count("events", EVERYTHING));
    assertThatThrownBy(
            () ->
                new ViewPlan(
                    "by_path",
                    EVERYTHING,
                    List.of(Field.PATH, Field.SITE),
                    EnumSet.of(Grain.DAY),
                    count,
                    Optional.empty()))
        .hasMessageContaining("by_path: site must be the first dimension");
    assertThatThrownBy(() -> new Aggregate.SumOf("total", EVERYTHING, Field.PATH))
        .hasMessageContaining("path is not a number");
    assertThatThrownBy(
            () ->
                new ViewPlan(
                    "By-Path",
                    EVERYTHING,
                    List.of(),
                    EnumSet.of(Grain.DAY),
                    count,
                    Optional.empty()))
        .hasMessageContaining("By-Path");
  }

  private static double visitors(Cell cell) {
    return ((Distinct) cell.accumulators().get(2)).estimate();
  }

  private CellReader reader() {
    return new CellReader() {
      @Override
      public void scan(
          String view,
          Grain grain,
          String site,
          long from,
          long to,
          BiConsumer<CellKey, Cell> receiver) {
        cells()
            .forEach(
                (key, cell) -> {
                  if (key.view().equals(view)) {
                    receiver.accept(key, cell);
                  }
                });
      }

      @Override
      public KeptSince keptSince(String view, String site) {
        return KeptSince.EVERYTHING;
      }
    };
  }

  private Map<CellKey, Cell> cells() {
    var cells = new HashMap<CellKey, Cell>();
    table.forEach(
        (view, key, groupHash, partial) -> {
          for (Grain grain : view.grains()) {
            CellKey coarser = CellKey.parse(CellKey.inGrain(key.toBytes(), grain));
            cells.computeIfAbsent(coarser, none -> view.emptyCell()).merge(partial);
          }
        });
    return cells;
  }

  private static JudgedClick counted(String path, String visitor, EventType type, long offset) {
    return counted(path, visitor, type, offset, NOON);
  }

  private static JudgedClick counted(
      String path, String visitor, EventType type, long offset, long time) {
    var enrichment =
        new Enrichment(
            "demo", path, "DE", "Phone", "Firefox", "Android", "", "direct", "", "", "", "", "",
            "");
    return JudgedClick.counted(
        new EnrichedClick(event(path, visitor, type, time), enrichment), 0, offset, NOON);
  }

  private static ClickEvent event(String path, String visitor, EventType type) {
    return event(path, visitor, type, NOON);
  }

  private static ClickEvent event(String path, String visitor, EventType type, long time) {
    return new ClickEvent(
        "id",
        new SiteId("demo"),
        new VisitorId(visitor),
        type,
        "",
        "http://demo" + path,
        "",
        "",
        "",
        "",
        time,
        0,
        0,
        time,
        "",
        "",
        "",
        "",
        "",
        false);
  }
}
