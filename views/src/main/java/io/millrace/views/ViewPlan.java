package io.millrace.views;

import io.millrace.model.Outcome;
import io.millrace.model.cell.Accumulator;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.Grain;
import io.millrace.views.table.ReferenceTable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A view as data: which facts it is about, how they are grouped, in which windows, and what is kept
 * for each group and window.
 *
 * @param name lower case with underscores
 * @param source what it is computed from
 * @param filter which of those facts it is about, by what facts of the source have; most views of
 *     clicks are about those with the outcome counted
 * @param dimensions what a group is; {@link Field#SITE} first where the view is kept per site
 * @param grains which windows are kept, at least one
 * @param aggregates what is kept for each cell, at least one, with different names; of sessions
 *     only those that are {@link Aggregate.Reversible}, since a session is counted while it grows
 * @param topic the topic that each changed cell is upserted to, if any
 * @param retention how long the cells of each grain are kept; see {@link #keptSince}
 * @param tables the reference tables that it looks up rows in
 */
public record ViewPlan(
    String name,
    Source source,
    Filter filter,
    List<Dimension> dimensions,
    Set<Grain> grains,
    List<Aggregate> aggregates,
    Optional<String> topic,
    GrainRetention retention,
    List<ReferenceTable> tables) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  public ViewPlan {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name: \""
              + name
              + "\" is not a lower-case letter and up to 62 of a-z, 0-9 and underscore");
    }
    dimensions = List.copyOf(dimensions);
    grains = Set.copyOf(EnumSet.copyOf(grains));
    aggregates = List.copyOf(aggregates);
    tables = List.copyOf(tables);
    if (dimensions.lastIndexOf(Field.SITE) > 0) {
      throw new IllegalArgumentException(name + ": site must be the first dimension");
    }
    for (Dimension dimension : dimensions) {
      if (!dimension.isOf(source)) {
        throw new IllegalArgumentException(
            name + ": " + source + " have no dimension " + dimension.label());
      }
    }
    requireFit(name, source, filter);
    aggregates.forEach(aggregate -> requireFit(name, source, aggregate));
    if (aggregates.isEmpty()) {
      throw new IllegalArgumentException(name + ": expected at least one aggregate");
    }
    if (aggregates.stream().map(Aggregate::name).distinct().count() < aggregates.size()) {
      throw new IllegalArgumentException(name + ": two aggregates have the same name");
    }
    if (source == Source.SESSIONS) {
      requireNoTables(name, tables);
      aggregates.forEach(aggregate -> requireReversible(name, aggregate));
    }
  }

  private static void requireFit(String name, Source source, Filter filter) {
    if (!filter.isOf(source)) {
      throw new IllegalArgumentException(
          name + ": of " + source + " nobody can tell whether " + filter.label());
    }
  }

  private static void requireFit(String name, Source source, Aggregate aggregate) {
    String its = name + ": " + aggregate.name();
    requireFit(its, source, aggregate.filter());
    Optional<FactPart> input = aggregate.input();
    if (input.isPresent() && !input.get().isOf(source)) {
      throw new IllegalArgumentException(its + ": " + source + " have no " + input.get().label());
    }
  }

  /** What a row said when a session was counted, nobody knows when it is taken back. */
  private static void requireNoTables(String name, List<ReferenceTable> tables) {
    if (!tables.isEmpty()) {
      throw new IllegalArgumentException(name + ": sessions are not joined with tables");
    }
  }

  private static void requireReversible(String name, Aggregate aggregate) {
    if (!(aggregate instanceof Aggregate.Reversible)) {
      throw new IllegalArgumentException(
          name + ": from " + aggregate.name() + " a session cannot be taken back");
    }
  }

  /** A view that reads no reference tables. */
  public ViewPlan(
      String name,
      Source source,
      Filter filter,
      List<Dimension> dimensions,
      Set<Grain> grains,
      List<Aggregate> aggregates,
      Optional<String> topic,
      GrainRetention retention) {
    this(name, source, filter, dimensions, grains, aggregates, topic, retention, List.of());
  }

  /** A view of clicks whose cells are kept as long as is usual. */
  public ViewPlan(
      String name,
      Filter filter,
      List<Dimension> dimensions,
      Set<Grain> grains,
      List<Aggregate> aggregates,
      Optional<String> topic) {
    this(
        name, Source.CLICKS, filter, dimensions, grains, aggregates, topic, GrainRetention.DEFAULT);
  }

  public boolean isPerSite() {
    return !dimensions.isEmpty() && dimensions.getFirst() == Field.SITE;
  }

  /**
   * Whether its windows can come to an end. Only of counted events is it certain that they are not
   * too old; those that are late, duplicates or a bot's may add to a window however long ago it
   * was. Sessions change the window that they started in for as long as they last.
   */
  public boolean canBecomeFinal() {
    return source == Source.CLICKS && isOfCounted(filter);
  }

  private static boolean isOfCounted(Filter filter) {
    return switch (filter) {
      case Filter.HasOutcome(Outcome outcome) -> outcome == Outcome.COUNTED;
      case Filter.All(List<Filter> filters) -> filters.stream().anyMatch(ViewPlan::isOfCounted);
      default -> false;
    };
  }

  /** Which windows it has and how long they are kept. */
  public ViewWindows windows() {
    return new ViewWindows(grains, retention);
  }

  /** The shortest of its windows. Every longer one is made of whole windows of this length. */
  public Grain finestGrain() {
    return windows().finestGrain();
  }

  /** What is kept of the windows of a site; see {@link ViewWindows#keptSince}. */
  public KeptSince keptSince(long newest) {
    return windows().keptSince(newest);
  }

  /** The dimensions within a site: all but the site itself. */
  public List<Dimension> groupFields() {
    return isPerSite() ? dimensions.subList(1, dimensions.size()) : dimensions;
  }

  /** What is computed of each of its facts, and can be shared with other views. */
  public Set<Computed> computed() {
    var computed = new LinkedHashSet<Computed>();
    addComputed(filter, computed);
    dimensions.forEach(dimension -> addComputed(dimension, computed));
    for (Aggregate aggregate : aggregates) {
      addComputed(aggregate.filter(), computed);
      aggregate.input().ifPresent(input -> addComputed(input, computed));
    }
    return computed;
  }

  private static void addComputed(Filter filter, Set<Computed> computed) {
    switch (filter) {
      case Filter.IsTrue(Computed condition) -> computed.add(condition);
      case Filter.Not(Filter inner) -> addComputed(inner, computed);
      case Filter.All(List<Filter> inner) -> inner.forEach(each -> addComputed(each, computed));
      case Filter.Everything _, Filter.Is _, Filter.IsNot _, Filter.HasOutcome _ -> {}
    }
  }

  private static void addComputed(FactPart part, Set<Computed> computed) {
    switch (part) {
      case ComputedDimension dimension -> computed.add(dimension.computed());
      case ComputedMeasure measure -> computed.add(measure.computed());
      case Field _, NumericProperty _ -> {}
    }
  }

  /** What a cell is before the first fact. */
  public Cell emptyCell() {
    var accumulators = new ArrayList<Accumulator>(aggregates.size());
    for (Aggregate aggregate : aggregates) {
      accumulators.add(aggregate.empty());
    }
    return new Cell(accumulators);
  }
}
