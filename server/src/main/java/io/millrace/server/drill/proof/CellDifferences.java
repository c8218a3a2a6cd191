package io.millrace.server.drill.proof;

import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Distinct;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What cells differ in from what they must be. Numbers of visitors are compared exactly up to
 * {@link Distinct#MOST_EXACT}, beyond that within the error of the estimate.
 *
 * @param missing a line for each cell that is not there
 * @param wrong a line for each that says something else
 * @param unexpected a line for each that should not be there
 */
public record CellDifferences(List<String> missing, List<String> wrong, List<String> unexpected) {
  private static final String VISITORS = "visitors";

  /** No estimate of all that will ever be run is further away. */
  private static final double MOST_DEVIATIONS = 6;

  public CellDifferences {
    missing = List.copyOf(missing);
    wrong = List.copyOf(wrong);
    unexpected = List.copyOf(unexpected);
  }

  /** Compares all cells; the values of each by the names of the aggregates. */
  public static CellDifferences between(
      Map<CellKey, Map<String, BigDecimal>> expected, Map<CellKey, Map<String, BigDecimal>> found) {
    var missing = new ArrayList<String>();
    var wrong = new ArrayList<String>();
    var unexpected = new ArrayList<String>();
    expected.forEach(
        (key, values) -> {
          Map<String, BigDecimal> other = found.get(key);
          if (other == null) {
            missing.add(key + " is missing; expected " + values);
          } else if (!areSame(values, other)) {
            wrong.add(key + " is " + other + "; expected " + values);
          }
        });
    found.forEach(
        (key, values) -> {
          if (!expected.containsKey(key)) {
            unexpected.add(key + " should not be there: " + values);
          }
        });
    return new CellDifferences(missing, wrong, unexpected);
  }

  /** All of them. */
  public List<String> lines() {
    var lines = new ArrayList<>(missing);
    lines.addAll(wrong);
    lines.addAll(unexpected);
    return lines;
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
