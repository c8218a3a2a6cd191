package io.millrace.testing.harness;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Distinct;
import io.millrace.model.cell.Grain;
import io.millrace.views.Aggregate;
import io.millrace.views.AggregateValue;
import io.millrace.views.BuiltInViews;
import io.millrace.views.CellReader;
import io.millrace.views.ViewPlan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All cells of the built-in views, and what they differ in from what they must be. */
public final class CellTable {
  private static final String VISITORS = "visitors";

  /** No estimate of all that will ever be run is further away. */
  private static final double MOST_DEVIATIONS = 6;

  private CellTable() {}

  /**
   * Reads them all.
   *
   * @param sites all that events are of
   */
  public static Map<CellKey, Map<String, BigDecimal>> read(
      CellReader cells, Collection<String> sites) {
    var found = new HashMap<CellKey, Map<String, BigDecimal>>();
    for (ViewPlan plan : BuiltInViews.all()) {
      found.putAll(read(cells, sites, plan, plan.name()));
    }
    return found;
  }

  /**
   * Reads those of one view.
   *
   * @param name that its cells are kept under
   */
  public static Map<CellKey, Map<String, BigDecimal>> read(
      CellReader cells, Collection<String> sites, ViewPlan plan, String name) {
    var found = new HashMap<CellKey, Map<String, BigDecimal>>();
    var allSites = new ArrayList<>(sites);
    allSites.add("");
    for (Grain grain : plan.grains()) {
      for (String site : plan.isPerSite() ? allSites : List.of("")) {
        cells.scan(
            name,
            grain,
            site,
            0,
            Long.MAX_VALUE,
            (key, cell) -> found.put(key, values(plan, cell)));
      }
    }
    return found;
  }

  private static Map<String, BigDecimal> values(ViewPlan plan, Cell cell) {
    var values = new HashMap<String, BigDecimal>();
    for (int i = 0; i < plan.aggregates().size(); i++) {
      Aggregate aggregate = plan.aggregates().get(i);
      switch (aggregate.value(cell.accumulators().get(i))) {
        case AggregateValue.Single(BigDecimal number) -> values.put(aggregate.name(), number);
        case AggregateValue.Unknown() -> {}
        case AggregateValue.ByRank _, AggregateValue.Ranking _ ->
            throw new AssertionError("no built-in view has " + aggregate.name());
      }
    }
    return values;
  }

  /**
   * A line for each difference. Numbers of visitors are compared exactly up to {@link
   * Distinct#MOST_EXACT}, beyond that within the error of the estimate.
   */
  public static List<String> differences(
      Map<CellKey, Map<String, BigDecimal>> expected, Map<CellKey, Map<String, BigDecimal>> found) {
    var differences = new ArrayList<String>();
    expected.forEach(
        (key, values) -> {
          Map<String, BigDecimal> other = found.get(key);
          if (other == null) {
            differences.add(key + " is missing; expected " + values);
          } else if (!areSame(values, other)) {
            differences.add(key + " is " + other + "; expected " + values);
          }
        });
    found.forEach(
        (key, values) -> {
          if (!expected.containsKey(key)) {
            differences.add(key + " should not be there: " + values);
          }
        });
    return differences;
  }

  private static boolean areSame(Map<String, BigDecimal> expected, Map<String, BigDecimal> found) {
    var names = new TreeSet<>(expected.keySet());
    names.addAll(found.keySet());
    return names.stream().allMatch(name -> areSame(name, expected.get(name), found.get(name)));
  }

  private static boolean areSame(
      String name, @Nullable BigDecimal expected, @Nullable BigDecimal found) {
    if (expected == null || found == null) {
      return false;
    }
    if (name.equals(VISITORS) && expected.intValue() > Distinct.MOST_EXACT) {
      double allowed = MOST_DEVIATIONS * Distinct.RELATIVE_ERROR * expected.doubleValue();
      return Math.abs(expected.doubleValue() - found.doubleValue()) <= allowed;
    }
    return expected.compareTo(found) == 0;
  }
}
