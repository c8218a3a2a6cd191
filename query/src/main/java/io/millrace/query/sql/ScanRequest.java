package io.millrace.query.sql;

import io.millrace.model.cell.Grain;
import io.millrace.views.KeptView;
import io.millrace.views.ViewPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * What is read of a view to answer a query.
 *
 * @param needed the columns that are looked at; the others are left null
 * @param sites only these; empty for all
 * @param from the first window start, in milliseconds since 1970, or {@link Long#MIN_VALUE}
 * @param to the end of the window starts, no longer included, or {@link Long#MAX_VALUE}
 * @param values of some dimensions within a site the only values to be read
 * @param later conditions that are still to be put into what is above
 * @param mergedTo empty where there is a row for each cell of the finest grain. Otherwise cells
 *     that agree in the needed dimensions, and whose windows lie in the same window of this grain,
 *     are merged to one row. It is the finest grain of the view or a coarser one
 */
record ScanRequest(
    KeptView view,
    Set<Integer> needed,
    Optional<Set<String>> sites,
    long from,
    long to,
    Map<Integer, Set<String>> values,
    List<LaterFilter> later,
    Optional<Grain> mergedTo) {

  /** A condition whose value only each run of the query knows. */
  record LaterFilter(ViewColumn column, SqlKind comparison, RexNode value) {}

  ScanRequest {
    later = List.copyOf(later);
    needed = Set.copyOf(needed);
    sites = sites.map(Set::copyOf);
    values = Map.copyOf(values);
  }

  ViewPlan plan() {
    return view.plan();
  }

  /** All cells, with all columns. */
  static ScanRequest everything(KeptView view) {
    Set<Integer> needed = new HashSet<>();
    for (int i = 0; i < ViewColumn.of(view.plan()).size(); i++) {
      needed.add(i);
    }
    return new ScanRequest(
        view,
        needed,
        Optional.empty(),
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        Map.of(),
        List.of(),
        Optional.empty());
  }

  /** With another condition of which each run says more. */
  ScanRequest with(LaterFilter filter) {
    return withLater(Stream.concat(later.stream(), Stream.of(filter)).toList());
  }

  private ScanRequest withLater(List<LaterFilter> filters) {
    return new ScanRequest(view, needed, sites, from, to, values, filters, mergedTo);
  }

  /** Without the conditions that wait for values. */
  ScanRequest withoutLater() {
    return withLater(List.of());
  }

  ScanRequest needing(Set<Integer> columns) {
    return new ScanRequest(view, columns, sites, from, to, values, later, mergedTo);
  }

  /** Merged as far as these columns and windows of this grain allow. */
  ScanRequest merged(Set<Integer> columns, Grain grain) {
    return new ScanRequest(view, columns, sites, from, to, values, later, Optional.of(grain));
  }

  /** Of these sites alone. */
  ScanRequest ofSites(Set<String> some) {
    return new ScanRequest(
        view,
        needed,
        Optional.of(sites.map(all -> common(all, some)).orElse(some)),
        from,
        to,
        values,
        later,
        mergedTo);
  }

  /** Of windows that start within a span alone. */
  ScanRequest within(long laterFrom, long earlierTo) {
    return new ScanRequest(
        view,
        needed,
        sites,
        Math.max(from, laterFrom),
        Math.min(to, earlierTo),
        values,
        later,
        mergedTo);
  }

  /** Of these values of a dimension alone. */
  ScanRequest ofValues(int dimension, Set<String> some) {
    Map<Integer, Set<String>> narrowed = new TreeMap<>(values);
    narrowed.merge(dimension, some, ScanRequest::common);
    return new ScanRequest(view, needed, sites, from, to, narrowed, later, mergedTo);
  }

  private static Set<String> common(Set<String> one, Set<String> other) {
    return one.stream().filter(other::contains).collect(Collectors.toUnmodifiableSet());
  }

  /** The values of the first dimensions, as far as only one is to be read of each. */
  List<String> group() {
    var group = new ArrayList<String>();
    while (true) {
      Set<String> wanted = values.getOrDefault(group.size(), Set.of());
      if (wanted.size() != 1) {
        return group;
      }
      group.addAll(wanted);
    }
  }

  boolean admits(List<String> dimensions) {
    for (Map.Entry<Integer, Set<String>> filter : values.entrySet()) {
      if (!filter.getValue().contains(dimensions.get(filter.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private String unmergedInWords() {
    String grain = plan().finestGrain().label();
    return plan()
        .hop()
        .map(hop -> "windows of " + hop.slides() + " cells of grain " + grain + " that hop by one")
        .orElse("each cell of grain " + grain);
  }

  /** In words, as EXPLAIN shows it. */
  String inWords() {
    var parts = new ArrayList<String>();
    parts.add(
        mergedTo
            .map(
                grain ->
                    grain == Grain.ALL
                        ? "cells merged over all windows"
                        : "cells merged by " + grain.label())
            .orElseGet(this::unmergedInWords));
    if (plan().reading().having().isPresent()) {
      parts.add("rows with " + plan().reading().having().get());
    }
    sites.ifPresent(some -> parts.add("site in " + new TreeSet<>(some)));
    if (from != Long.MIN_VALUE) {
      parts.add("window_start from " + Instant.ofEpochMilli(from));
    }
    if (to != Long.MAX_VALUE) {
      parts.add("window_start before " + Instant.ofEpochMilli(to));
    }
    new TreeMap<>(values)
        .forEach(
            (dimension, some) ->
                parts.add(
                    plan().groupDimensions().get(dimension).label()
                        + " in "
                        + new TreeSet<>(some)));
    later.forEach(
        filter ->
            parts.add(
                ViewColumn.name(plan(), filter.column())
                    + " "
                    + filter.comparison().sql
                    + " "
                    + filter.value()));
    List<ViewColumn> columns = ViewColumn.of(plan());
    parts.add(
        "columns "
            + new TreeSet<>(needed)
                .stream().map(index -> ViewColumn.name(plan(), columns.get(index))).toList());
    return String.join(", ", parts);
  }
}
