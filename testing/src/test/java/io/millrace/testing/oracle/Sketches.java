package io.millrace.testing.oracle;

import io.millrace.model.cell.FrequentItems;
import io.millrace.testing.oracle.RandomView.Kind;
import io.millrace.views.AggregateValue;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** Whether the answer of a sketch is one of the right ones, by all the values that are in it. */
final class Sketches {
  /** Of ranks, as the reference of views says, and one value to either side. */
  private static final double RANK_ERROR = 0.02;

  private static final double RANK = 0.9;
  private static final int TOP = 3;

  private Sketches() {}

  /** What is wrong; empty if nothing is. */
  static String problem(Kind kind, @Nullable Object answer, @Nullable Object values) {
    List<?> all = values instanceof List<?> list ? list : List.of();
    boolean isRight =
        switch (kind) {
          case PERCENTILE -> isPercentile(answer, all);
          case TOP -> isTop(answer, all);
          case SUM, LEAST, GREATEST, MEAN, DISTINCT -> true;
        };
    return isRight ? "" : kind + " " + answer + " of " + all;
  }

  private static boolean isPercentile(@Nullable Object answer, List<?> values) {
    if (values.isEmpty()) {
      return !(answer instanceof Map<?, ?> map) || map.values().stream().allMatch(Objects::isNull);
    }
    if (!(answer instanceof Map<?, ?> map)
        || !(map.values().iterator().next() instanceof Number number)) {
      return false;
    }
    double said = number.doubleValue();
    double one = 1.0 / values.size();
    long below = count(values, value -> value < said - 1e-9);
    long upTo = count(values, value -> value <= said + 1e-9);
    return below * one <= RANK + RANK_ERROR + one && upTo * one >= RANK - RANK_ERROR - one;
  }

  private static long count(List<?> values, DoublePredicate test) {
    return values.stream().filter(value -> test.test(((Number) value).doubleValue())).count();
  }

  /** Of texts that are equally frequent, any may be named. */
  private static boolean isTop(@Nullable Object answer, List<?> values) {
    Map<Object, Long> counts = new HashMap<>();
    values.forEach(value -> counts.merge(value, 1L, Long::sum));
    List<Long> greatest = counts.values().stream().sorted(Collections.reverseOrder()).toList();
    if (!(answer instanceof AggregateValue.Ranking(List<FrequentItems.Item> items, long _))) {
      return greatest.isEmpty();
    }
    return items.stream().map(FrequentItems.Item::count).toList().equals(first(greatest))
        && items.stream().allMatch(item -> counts.getOrDefault(item.value(), 0L) == item.count());
  }

  private static List<Long> first(List<Long> counts) {
    return counts.subList(0, Math.min(TOP, counts.size()));
  }
}
