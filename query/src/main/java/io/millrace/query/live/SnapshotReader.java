package io.millrace.query.live;

import io.millrace.model.Outcome;
import io.millrace.model.SiteId;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.Grain;
import io.millrace.query.answer.FixedProgress;
import io.millrace.query.answer.Reach;
import io.millrace.views.AggregateValue;
import io.millrace.views.BuiltInViews;
import io.millrace.views.CellReader;
import io.millrace.views.Field;
import io.millrace.views.Gathering;
import io.millrace.views.KeptView;
import io.millrace.views.Progress;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads snapshots from the minute cells of two built-in views. Safe for any number of threads. */
public final class SnapshotReader {
  private static final int MINUTES = 30;
  private static final int MINUTES_OF_NOW = 5;
  private static final long MINUTE = Grain.MINUTE.length().toMillis();

  private final CellReader cells;
  private final Progress progress;
  private final InstantSource clock;
  private final ViewPlan traffic;
  private final int events;
  private final int pageViews;
  private final int visitors;
  private final ViewPlan outcomes;
  private final int outcomeDimension;

  /**
   * Makes a reader.
   *
   * @throws IllegalArgumentException when a built-in view that it needs is missing
   */
  public SnapshotReader(
      ViewCatalog catalog, CellReader cells, Progress progress, InstantSource clock) {
    this.cells = cells;
    this.progress = progress;
    this.clock = clock;
    traffic = view(catalog, BuiltInViews.TRAFFIC);
    events = aggregate(traffic, "events");
    pageViews = aggregate(traffic, "page_views");
    visitors = aggregate(traffic, "visitors");
    outcomes = view(catalog, BuiltInViews.OUTCOMES);
    outcomeDimension = outcomes.groupDimensions().indexOf(Field.OUTCOME);
  }

  private static ViewPlan view(ViewCatalog catalog, String name) {
    return catalog
        .view(name)
        .map(KeptView::plan)
        .orElseThrow(
            () -> new IllegalArgumentException("catalog: the view " + name + " is missing"));
  }

  private static int aggregate(ViewPlan plan, String name) {
    for (int i = 0; i < plan.aggregates().size(); i++) {
      if (plan.aggregates().get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("catalog: " + plan.name() + " has no aggregate " + name);
  }

  Snapshot read(SiteId site, Reach reach) {
    Instant now = clock.instant();
    var before = FixedProgress.of(progress);
    var lacking = new Gathering();
    CellReader reached = reach.of(cells, lacking);
    long to = Grain.MINUTE.windowStart(now.toEpochMilli()) + MINUTE;
    long from = to - MINUTES * MINUTE;
    Map<Long, Cell> byMinute = trafficByMinute(site, from, to, reached);
    Map<Outcome, Long> byOutcome = outcomes(site, from, to, reached);
    // Of numbers that lack something, nothing is known of what is in them.
    FixedProgress known =
        lacking.completeness().isComplete()
            ? before
            : new FixedProgress(Instant.EPOCH, before.allowedLateness());
    return new Snapshot(
        now,
        site,
        visitorsSince(to - MINUTES_OF_NOW * MINUTE, byMinute),
        known.processedThrough(),
        minutes(from, to, byMinute, known),
        byOutcome,
        lacking.completeness());
  }

  private static Map<Long, Cell> trafficByMinute(
      SiteId site, long from, long to, CellReader reached) {
    var byMinute = new HashMap<Long, Cell>();
    reached.scan(
        BuiltInViews.TRAFFIC,
        Grain.MINUTE,
        site.value(),
        from,
        to,
        (key, cell) -> byMinute.put(key.windowStart(), cell));
    return byMinute;
  }

  private long visitorsSince(long from, Map<Long, Cell> byMinute) {
    Cell together = traffic.emptyCell();
    byMinute.forEach(
        (minute, cell) -> {
          if (minute >= from) {
            together.merge(cell);
          }
        });
    return number(traffic, together, visitors);
  }

  private List<Snapshot.Minute> minutes(
      long from, long to, Map<Long, Cell> byMinute, FixedProgress known) {
    Cell nothing = traffic.emptyCell();
    var minutes = new ArrayList<Snapshot.Minute>(MINUTES);
    for (long start = from; start < to; start += MINUTE) {
      Cell cell = byMinute.getOrDefault(start, nothing);
      minutes.add(
          new Snapshot.Minute(
              Instant.ofEpochMilli(start),
              number(traffic, cell, pageViews),
              number(traffic, cell, events),
              number(traffic, cell, visitors),
              known.isFinal(traffic, start + MINUTE)));
    }
    return minutes;
  }

  private Map<Outcome, Long> outcomes(SiteId site, long from, long to, CellReader reached) {
    var byLabel = new HashMap<String, Long>();
    reached.scan(
        BuiltInViews.OUTCOMES,
        Grain.MINUTE,
        site.value(),
        from,
        to,
        (key, cell) ->
            byLabel.merge(
                key.dimensions().get(outcomeDimension), number(outcomes, cell, 0), Long::sum));
    var byOutcome = new EnumMap<Outcome, Long>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      byOutcome.put(outcome, byLabel.getOrDefault(outcome.label(), 0L));
    }
    return byOutcome;
  }

  private static long number(ViewPlan plan, Cell cell, int aggregate) {
    AggregateValue value = plan.aggregates().get(aggregate).value(cell.accumulator(aggregate));
    return value instanceof AggregateValue.Single(var number) ? number.longValue() : 0;
  }
}
