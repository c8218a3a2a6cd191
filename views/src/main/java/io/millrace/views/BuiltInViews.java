package io.millrace.views;

import io.millrace.model.EventType;
import io.millrace.model.Outcome;
import io.millrace.model.cell.Grain;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The views that every installation keeps. */
public final class BuiltInViews {
  public static final String TRAFFIC = "traffic";
  public static final String OUTCOMES = "outcomes";
  public static final String URL_CLICK_COUNTS = "url_click_counts";
  public static final String SESSION_TOTALS = "session_totals";

  /** The account of each partition of click-events; see {@link Books}. */
  public static final String BOOKS = "books";

  private static final Filter COUNTED = new Filter.HasOutcome(Outcome.COUNTED);
  private static final Filter EVERYTHING = new Filter.Everything();
  private static final Set<Grain> WINDOWS = EnumSet.of(Grain.MINUTE, Grain.HOUR, Grain.DAY);

  private BuiltInViews() {}

  public static List<ViewPlan> all() {
    return List.of(
        visits(TRAFFIC),
        visits("pages", Field.PATH),
        visits("referrers", Field.REFERRER_MEDIUM, Field.REFERRER_SOURCE),
        visits("countries", Field.COUNTRY),
        visits("devices", Field.DEVICE),
        visits("browsers", Field.BROWSER),
        visits("operating_systems", Field.OPERATING_SYSTEM),
        visits("campaigns", Field.UTM_SOURCE, Field.UTM_MEDIUM, Field.UTM_CAMPAIGN),
        sessions(SESSION_TOTALS),
        sessions("entry_pages", Field.ENTRY_PAGE),
        sessions("exit_pages", Field.EXIT_PAGE),
        sessions("session_sources", Field.REFERRER_MEDIUM, Field.REFERRER_SOURCE),
        outcomes(),
        urlClickCounts(),
        books());
  }

  /** Events, page views and visitors of each site, by further dimensions. */
  private static ViewPlan visits(String name, Field... fields) {
    return new ViewPlan(
        name,
        COUNTED,
        perSite(fields),
        WINDOWS,
        List.of(
            new Aggregate.Count("events", EVERYTHING),
            new Aggregate.Count("page_views", new Filter.Is(Field.TYPE, EventType.PAGE.label())),
            new Aggregate.DistinctOf("visitors", EVERYTHING, Field.VISITOR)),
        Optional.empty());
  }

  /** The sessions of each site, by further dimensions, in the windows that they started in. */
  private static ViewPlan sessions(String name, Field... fields) {
    return new ViewPlan(
        name,
        Source.SESSIONS,
        EVERYTHING,
        perSite(fields),
        WINDOWS,
        List.of(
            new Aggregate.Count("sessions", EVERYTHING),
            new Aggregate.SumOf("bounces", EVERYTHING, Field.BOUNCES),
            new Aggregate.SumOf("page_views", EVERYTHING, Field.PAGE_VIEWS),
            new Aggregate.SumOf("duration_ms", EVERYTHING, Field.DURATION_MS),
            new Aggregate.AvgOf("bounce_rate", EVERYTHING, Field.BOUNCES),
            new Aggregate.AvgOf("average_duration_ms", EVERYTHING, Field.DURATION_MS)),
        Optional.empty(),
        GrainRetention.DEFAULT);
  }

  private static List<Dimension> perSite(Field... fields) {
    var dimensions = new ArrayList<Dimension>();
    dimensions.add(Field.SITE);
    dimensions.addAll(List.of(fields));
    return dimensions;
  }

  private static ViewPlan outcomes() {
    return new ViewPlan(
        OUTCOMES,
        EVERYTHING,
        List.of(Field.SITE, Field.OUTCOME, Field.REASON),
        WINDOWS,
        List.of(new Aggregate.Count("events", EVERYTHING)),
        Optional.empty());
  }

  private static ViewPlan urlClickCounts() {
    return new ViewPlan(
        URL_CLICK_COUNTS,
        COUNTED,
        List.of(Field.URL),
        EnumSet.of(Grain.ALL),
        List.of(new Aggregate.Count("clicks", EVERYTHING)),
        Optional.of("url-click-counts"));
  }

  private static ViewPlan books() {
    var aggregates = new ArrayList<Aggregate>();
    aggregates.add(new Aggregate.MaxOf("accounted_through", EVERYTHING, Field.OFFSET_THROUGH));
    aggregates.add(new Aggregate.MaxOf("received_through", EVERYTHING, Field.RECEIVED_TIME));
    aggregates.add(new Aggregate.SumOf("offset_sum", EVERYTHING, Field.OFFSET));
    for (Outcome outcome : Outcome.values()) {
      aggregates.add(new Aggregate.Count(outcome.label(), new Filter.HasOutcome(outcome)));
    }
    return new ViewPlan(
        BOOKS,
        EVERYTHING,
        List.of(Field.PARTITION, Field.ROLLUP_PARTITION),
        EnumSet.of(Grain.ALL),
        aggregates,
        Optional.empty());
  }
}
