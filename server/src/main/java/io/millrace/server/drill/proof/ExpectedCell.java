package io.millrace.server.drill.proof;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a cell must hold, in the collections of the JDK. */
final class ExpectedCell {
  private final Map<String, Long> numbers = new HashMap<>();
  private final Set<String> visitors = new HashSet<>();

  void add(String name, long amount) {
    numbers.merge(name, amount, Long::sum);
  }

  void atLeast(String name, long number) {
    numbers.merge(name, number, Math::max);
  }

  void addVisitor(String visitor) {
    visitors.add(visitor);
  }

  /** By the name of the aggregate. */
  Map<String, BigDecimal> values() {
    var values = new HashMap<String, BigDecimal>();
    numbers.forEach((name, number) -> values.put(name, BigDecimal.valueOf(number)));
    if (!visitors.isEmpty()) {
      values.put("visitors", BigDecimal.valueOf(visitors.size()));
    }
    if (numbers.containsKey("sessions")) {
      values.put("bounce_rate", ofEachSession("bounces"));
      values.put("average_duration_ms", ofEachSession("duration_ms"));
    }
    return values;
  }

  private BigDecimal ofEachSession(String sum) {
    return BigDecimal.valueOf(numbers.getOrDefault(sum, 0L))
        .divide(BigDecimal.valueOf(numbers.getOrDefault("sessions", 0L)), MathContext.DECIMAL64);
  }
}
