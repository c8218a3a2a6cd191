package io.millrace.testing.harness;

import static org.awaitility.Awaitility.await;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.server.drill.proof.CellDifferences;
import io.millrace.views.Aggregate;
import io.millrace.views.AggregateValue;
import io.millrace.views.BuiltInViews;
import io.millrace.views.CellReader;
import io.millrace.views.CellsUnavailableException;
import io.millrace.views.ViewPlan;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All cells of the built-in views, and what they differ in from what they must be. */
public final class CellTable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

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
   * Reads those of one view, as soon as nothing of it is moving.
   *
   * @param name that its cells are kept under
   */
  public static Map<CellKey, Map<String, BigDecimal>> read(
      CellReader cells, Collection<String> sites, ViewPlan plan, String name) {
    return await("the cells of " + name + " can be read")
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(CellsUnavailableException.class)
        .until(() -> readOnce(cells, sites, plan, name), _ -> true);
  }

  private static Map<CellKey, Map<String, BigDecimal>> readOnce(
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

  /** A line for each difference; see {@link CellDifferences}. */
  public static List<String> differences(
      Map<CellKey, Map<String, BigDecimal>> expected, Map<CellKey, Map<String, BigDecimal>> found) {
    return CellDifferences.between(expected, found).lines();
  }
}
