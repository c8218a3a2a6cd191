package io.millrace.query.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random queries over random events, answered here from the cells of views and by DuckDB from the
 * events themselves.
 */
@Timeout(600)
class DifferentialTest {
  private static final int EVENTS = 400;
  private static final int FILLINGS = 4;
  private static final int QUERIES = Integer.getInteger("millrace.sql.queries", 300);

  @Test
  void answersAsADatabaseDoesThatHasTheEvents() throws SQLException {
    long seed = Long.getLong("millrace.sql.seed", System.nanoTime());
    System.out.println("seed of the queries: -Dmillrace.sql.seed=" + seed);
    for (int filling = 0; filling < FILLINGS; filling++) {
      compare(new Random(seed + filling), "seed " + seed + ", filling " + filling);
    }
  }

  private static void compare(Random random, String seed) throws SQLException {
    var desk = new SqlDesk();
    try (var oracle = new EventDatabase()) {
      for (RandomEvent event : RandomEvent.some(random, EVENTS)) {
        desk.with(event.click());
        oracle.add(event);
      }
      oracle.makeViews();
      var queries = new RandomQuery(random);
      // Nearly all of the time is that of planning, on as many threads as there are.
      List<String> problems =
          Stream.generate(queries::next).limit(QUERIES).toList().parallelStream()
              .map(sql -> problem(sql, desk, oracle))
              .filter(problem -> !problem.isEmpty())
              .toList();

      assertThat(problems).as(seed).isEmpty();
    }
  }

  private static String problem(String sql, SqlDesk desk, EventDatabase oracle) {
    try {
      List<String> expected = inAnyOrder(oracle.rows(EventDatabase.dialect(sql)));
      List<String> answered = inAnyOrder(desk.rows(sql));
      return answered.equals(expected) ? "" : sql + ": " + answered + " instead of " + expected;
    } catch (SQLException | RuntimeException failure) {
      return sql + ": " + failure;
    }
  }

  private static List<String> inAnyOrder(List<List<Object>> rows) {
    List<String> texts = new ArrayList<>();
    for (List<Object> row : rows) {
      var text = new StringBuilder();
      row.forEach(value -> text.append(normal(value)).append(" | "));
      texts.add(text.toString());
    }
    Collections.sort(texts);
    return texts;
  }

  /** Numbers to nine digits, whatever their type; times as text. */
  private static String normal(Object value) {
    return switch (value) {
      case null -> "null";
      case Double real when !Double.isFinite(real) -> real.toString();
      case Number number ->
          new BigDecimal(number.toString())
              .round(new MathContext(9))
              .stripTrailingZeros()
              .toPlainString();
      case java.sql.Timestamp time -> time.toLocalDateTime().toString() + "Z";
      default -> value.toString().replaceAll("T(\\d\\d:\\d\\d):00Z", "T$1Z");
    };
  }
}
