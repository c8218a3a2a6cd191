package io.millrace.query.answer;

import io.millrace.model.SiteId;
import io.millrace.model.cell.Grain;
import io.millrace.model.control.SiteDirectory;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.views.Aggregate;
import io.millrace.views.Dimension;
import io.millrace.views.KeptView;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Turns parameters into a question that makes sense, or says why not. Safe for any threads. */
public final class QuestionParser {
  /** The parameters of every view; a view's dimensions within a site come on top. */
  public static final List<String> PARAMETERS =
      List.of("site", "from", "to", "grain", "top", "order", "limit", "offset", "format");

  private static final String TOTAL = "total";

  private final Supplier<ViewCatalog> catalog;
  private final SiteDirectory sites;
  private final int maxRows;
  private final int defaultLimit;

  /**
   * Makes a parser for the views and sites there are.
   *
   * @param maxRows how many rows an answer may have, and may leave out before them
   * @param defaultLimit how many rows of totals, where nothing is said
   */
  public QuestionParser(
      Supplier<ViewCatalog> catalog, SiteDirectory sites, int maxRows, int defaultLimit) {
    this.catalog = catalog;
    this.sites = sites;
    this.maxRows = maxRows;
    this.defaultLimit = defaultLimit;
  }

  public ViewQuestion parse(String view, QueryString query, Instant now) {
    KeptView kept = view(view);
    ViewPlan plan = kept.plan();
    query.requireKnown(parametersOf(plan));
    String site = site(plan, query);
    TimeSpan span = span(plan, query, now);
    Grain grain = grain(plan, query);
    OptionalInt top =
        query.number("top", 1, maxRows).map(OptionalInt::of).orElse(OptionalInt.empty());
    Optional<RowOrder> order = order(plan, grain, query);
    var largestFirst = new RowOrder(new SortKey.ByAggregate(0), true);
    var oldestFirst = new RowOrder(new SortKey.ByTime(), false);
    boolean isSeries = grain != Grain.ALL;
    // The order of a series of chosen groups says which groups; those then run in time.
    boolean ordersGroups = isSeries && top.isPresent();
    boolean ordersTime = order.filter(given -> given.key() instanceof SortKey.ByTime).isPresent();
    return new ViewQuestion(
        kept,
        site,
        span,
        grain,
        filters(plan, query),
        order.filter(given -> !ordersTime).orElse(largestFirst),
        ordersGroups && !ordersTime
            ? oldestFirst
            : order.orElse(isSeries ? oldestFirst : largestFirst),
        top,
        query.number("limit", 1, maxRows).orElse(isSeries ? maxRows : defaultLimit),
        query.number("offset", 0, maxRows).orElse(0));
  }

  private static List<String> parametersOf(ViewPlan plan) {
    return Stream.concat(PARAMETERS.stream(), plan.groupFields().stream().map(Dimension::label))
        .toList();
  }

  private KeptView view(String view) {
    ViewCatalog known = catalog.get();
    return known
        .view(view)
        .orElseThrow(
            () ->
                known.unready().containsKey(view)
                    ? new QueryException(QueryErrorCode.VIEW_NOT_READY, known.unready().get(view))
                    : new QueryException(
                        QueryErrorCode.UNKNOWN_VIEW,
                        "there is no view \"" + QueryString.shortened(view) + "\""));
  }

  private String site(ViewPlan plan, QueryString query) {
    if (!plan.isPerSite()) {
      if (query.single("site").isPresent()) {
        throw QueryException.badParameter(
            "site", "the view " + plan.name() + " is not kept per site; leave site out");
      }
      return "";
    }
    return requireSite(query, sites).value();
  }

  /** The site that a query names. */
  public static SiteId requireSite(QueryString query, SiteDirectory sites) {
    String site = query.required("site");
    if (!SiteId.isValid(site) || sites.site(new SiteId(site)).isEmpty()) {
      throw new QueryException(
          QueryErrorCode.UNKNOWN_SITE,
          "site",
          "there is no site \"" + QueryString.shortened(site) + "\"");
    }
    return new SiteId(site);
  }

  private static TimeSpan span(ViewPlan plan, QueryString query, Instant now) {
    Optional<Instant> from =
        query.single("from").map(text -> TimeExpression.parse("from", text, now));
    Optional<Instant> to = query.single("to").map(text -> TimeExpression.parse("to", text, now));
    if (from.isEmpty() && to.isEmpty()) {
      return TimeSpan.ALL_TIME;
    }
    if (windowGrains(plan).isEmpty()) {
      throw QueryException.badParameter(
          from.isPresent() ? "from" : "to",
          "the view " + plan.name() + " is kept for all time only; leave from and to out");
    }
    if (from.isPresent() && to.isPresent() && !to.get().isAfter(from.get())) {
      throw QueryException.badParameter(
          "to", "to, " + to.get() + ", must be after from, " + from.get());
    }
    return new TimeSpan(from, to);
  }

  private static Grain grain(ViewPlan plan, QueryString query) {
    String label = query.single("grain").orElse(TOTAL);
    if (label.equals(TOTAL)) {
      return Grain.ALL;
    }
    return windowGrains(plan).stream()
        .filter(grain -> grain.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                QueryException.badParameter(
                    "grain",
                    "grain must be "
                        + String.join(", ", grainsOf(plan))
                        + " for the view "
                        + plan.name()
                        + ", not \""
                        + QueryString.shortened(label)
                        + "\""));
  }

  /** The grains that can be asked of a view. */
  public static List<String> grainsOf(ViewPlan plan) {
    return Stream.concat(Stream.of(TOTAL), windowGrains(plan).stream().map(Grain::label)).toList();
  }

  /** The grain of a question as answers name it. */
  static String labelOf(Grain grain) {
    return grain == Grain.ALL ? TOTAL : grain.label().toLowerCase(Locale.ROOT);
  }

  private static List<Grain> windowGrains(ViewPlan plan) {
    return plan.grains().stream()
        .filter(grain -> grain != Grain.ALL)
        .sorted(Comparator.comparing(Grain::length))
        .toList();
  }

  private static List<Set<String>> filters(ViewPlan plan, QueryString query) {
    return plan.groupFields().stream().map(field -> Set.copyOf(query.all(field.label()))).toList();
  }

  private static Optional<RowOrder> order(ViewPlan plan, Grain grain, QueryString query) {
    return query.single("order").map(text -> order(plan, grain, text));
  }

  private static RowOrder order(ViewPlan plan, Grain grain, String text) {
    boolean descending = text.startsWith("-");
    String name = descending ? text.substring(1) : text;
    List<String> dimensions = plan.groupFields().stream().map(Dimension::label).toList();
    List<String> aggregates = plan.aggregates().stream().map(Aggregate::name).toList();
    List<String> ordered =
        plan.aggregates().stream()
            .filter(aggregate -> AggregateKind.of(aggregate).isOrdered())
            .map(Aggregate::name)
            .toList();
    if (ordered.contains(name)) {
      return new RowOrder(new SortKey.ByAggregate(aggregates.indexOf(name)), descending);
    }
    if (dimensions.contains(name)) {
      return new RowOrder(new SortKey.ByDimension(dimensions.indexOf(name)), descending);
    }
    if (name.equals("time") && grain != Grain.ALL) {
      return new RowOrder(new SortKey.ByTime(), descending);
    }
    var known = new ArrayList<>(ordered);
    known.addAll(dimensions);
    if (grain != Grain.ALL) {
      known.add("time");
    }
    throw QueryException.badParameter(
        "order",
        "order must be one of "
            + String.join(", ", known)
            + ", with a hyphen before it for descending; not \""
            + QueryString.shortened(text)
            + "\"");
  }
}
