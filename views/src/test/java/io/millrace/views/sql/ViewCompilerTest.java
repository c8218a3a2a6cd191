package io.millrace.views.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.model.Outcome;
import io.millrace.model.cell.Accumulator;
import io.millrace.model.cell.Grain;
import io.millrace.views.Aggregate;
import io.millrace.views.AggregateValue;
import io.millrace.views.Field;
import io.millrace.views.Filter;
import io.millrace.views.GrainRetention;
import io.millrace.views.JudgedClick;
import io.millrace.views.NumericProperty;
import io.millrace.views.Source;
import io.millrace.views.ViewPlan;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViewCompilerTest {
  private static final Filter EVERYTHING = new Filter.Everything();
  private static final Filter COUNTED = new Filter.HasOutcome(Outcome.COUNTED);

  @Test
  void whatAPlanHasOfItsOwnNeedsNoBytecode() {
    ViewPlan plan =
        ViewCompiler.compile(
            """
            CREATE MATERIALIZED VIEW shop
            WITH (topic = 'shop-sales', grains = 'hour, day', keep_hours = '30 days') AS
            SELECT window_start, window_end, country, site,
                   COUNT(*) AS events,
                   COUNT(*) FILTER (WHERE type = 'page' AND device <> 'Phone') AS page_views,
                   SUM(CAST(properties['order.total'] AS DECIMAL(12, 2))) AS revenue,
                   APPROX_COUNT_DISTINCT(visitor) AS visitors,
                   APPROX_PERCENTILE(CAST(properties['wait'] AS BIGINT), 0.95) AS wait,
                   TOP_K(path, 5) AS top_pages
            FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1' HOUR))
            WHERE name = 'purchase'
            GROUP BY site, country, window_start, window_end;
            """);

    assertThat(plan)
        .isEqualTo(
            new ViewPlan(
                "shop",
                Source.CLICKS,
                new Filter.All(List.of(COUNTED, new Filter.Is(Field.NAME, "purchase"))),
                List.of(Field.SITE, Field.COUNTRY),
                EnumSet.of(Grain.HOUR, Grain.DAY),
                List.of(
                    new Aggregate.Count("events", EVERYTHING),
                    new Aggregate.Count(
                        "page_views",
                        new Filter.All(
                            List.of(
                                new Filter.Is(Field.TYPE, "page"),
                                new Filter.IsNot(Field.DEVICE, "Phone")))),
                    new Aggregate.SumOf(
                        "revenue", EVERYTHING, NumericProperty.of("order.total").withDecimals(2)),
                    new Aggregate.DistinctOf("visitors", EVERYTHING, Field.VISITOR),
                    new Aggregate.QuantileOf(
                        "wait", EVERYTHING, NumericProperty.of("wait"), List.of(0.95)),
                    new Aggregate.TopOf("top_pages", EVERYTHING, Field.PATH, 5)),
                Optional.of("shop-sales"),
                GrainRetention.DEFAULT.with(Grain.HOUR, Duration.ofDays(30))));
    assertThat(plan.canBecomeFinal()).isTrue();
  }

  @Test
  void aViewWithoutWindowsIsOfAllTime() {
    ViewPlan plan =
        ViewCompiler.compile(
            "create or replace materialized view reasons as"
                + " select reason, count(*) as events from rejected group by reason");

    assertThat(plan.grains()).containsExactly(Grain.ALL);
    assertThat(plan.filter()).isEqualTo(new Filter.Not(COUNTED));
    assertThat(plan.canBecomeFinal()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          UPPER(country)                                                  | DE
          CASE WHEN device = 'Phone' THEN 'small' ELSE 'large' END        | small
          properties['plan']                                              | gold Ü
          properties['order.total']                                       | 19.99
          COALESCE(properties['nothing'], 'none')                         | none
          properties['nothing']                                           | ``
          CAST(CHAR_LENGTH(path) AS VARCHAR)                              | 6
          SUBSTRING(path FROM 2 FOR 2)                                    | ca
          `path || '?' || language`                                       | /cart2?
          CAST(EXTRACT(HOUR FROM event_time) AS VARCHAR)                  | 12
          CAST(CAST(properties['plan'] AS INTEGER) AS VARCHAR)            | ``
          CASE WHEN properties['plan'] = 'gold Ü' THEN 'ü' ELSE 'no' END  | ü
          CASE WHEN path LIKE '/cart%' THEN 'cart' ELSE 'no' END          | cart
          """)
  void groupsAreComputed(String expression, String expected) {
    ViewPlan plan =
        ViewCompiler.compile(
            "CREATE MATERIALIZED VIEW v AS SELECT "
                + expression
                + " AS what, COUNT(*) AS n FROM clicks GROUP BY "
                + expression);

    assertThat(plan.dimensions().getFirst().label()).isEqualTo("what");
    assertThat(plan.dimensions().getFirst().text(click())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          path LIKE '/c%' AND country IN ('de', 'at')              | true
          path LIKE '%c%r%2%' AND path LIKE '_____2'               | true
          `url LIKE '%' || path`                                   | true
          path NOT LIKE '%a_t%' OR path ILIKE '/CART_'             | true
          path LIKE '/cart!_' ESCAPE '!'                           | false
          CASE WHEN country = '日本' THEN FALSE ELSE path <> '日本' END  | true
          country IN ('FR', 'AT')                                  | false
          CAST(properties['order.total'] AS DECIMAL(9, 2)) > 19.9  | true
          CAST(properties['nothing'] AS DECIMAL(9, 2)) > 1         | false
          CAST(properties['plan'] AS DECIMAL(9, 2)) > 1            | false
          NOT (device = 'Phone')                                   | false
          properties['nothing'] IS NULL                            | true
          event_time >= TIMESTAMP '2026-03-01 12:00:00'            | true
          event_time >= TIMESTAMP '2026-03-01 13:00:00'            | false
          """)
  void conditionsAreComputed(String condition, boolean expected) {
    ViewPlan plan =
        ViewCompiler.compile(
            "CREATE MATERIALIZED VIEW v AS SELECT path, COUNT(*) AS n FROM clicks WHERE "
                + condition
                + " GROUP BY path");

    assertThat(plan.filter().admits(click())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SUM(CAST(properties['order.total'] AS DECIMAL(9, 1)))             | 20.0
          SUM(CHAR_LENGTH(path))                                            | 6
          MAX(CAST(properties['order.total'] AS DECIMAL(9, 2)) * 2)         | 39.98
          MIN(CASE WHEN device = 'Phone' THEN 1 ELSE 0 END)                 | 1
          SUM(CAST(CHAR_LENGTH(path) AS SMALLINT))                          | 6
          COUNT(DISTINCT properties['nothing'])                             | 0
          COUNT(DISTINCT properties['plan'])                                | 1
          COUNT(properties['nothing'])                                      | 0
          COUNT(properties['plan'])                                         | 1
          COUNT(DISTINCT UPPER(path))                                       | 1
          AVG(CAST(properties['order.total'] AS DECIMAL(9, 2)))             | 19.99
          """)
  void aggregatesAreComputed(String expression, BigDecimal expected) {
    ViewPlan plan =
        ViewCompiler.compile(
            "CREATE MATERIALIZED VIEW v AS SELECT path, "
                + expression
                + " AS n FROM clicks GROUP BY path");
    Aggregate aggregate = plan.aggregates().getFirst();
    Accumulator accumulator = aggregate.empty();

    if (aggregate.filter().admits(click())) {
      aggregate.add(click(), accumulator);
    }

    assertThat(aggregate.value(accumulator)).isEqualTo(new AggregateValue.Single(expected));
  }

  @Test
  void viewsThatComputeTheSameShareIt() {
    String first =
        "CREATE MATERIALIZED VIEW a AS SELECT UPPER(path) AS p, COUNT(*) AS n FROM clicks GROUP BY"
            + " UPPER(path)";
    String second = first.replace("VIEW a", "VIEW b").replace("COUNT(*)", "SUM(\"offset\")");

    assertThat(ViewCompiler.compile(first).dimensions())
        .isEqualTo(ViewCompiler.compile(second).dimensions());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1:1   | SELECT 1                                                                  | expected CREATE
          1:26  | CREATE MATERIALIZED VIEW 1a AS SELECT 1                                   | expected a name
          1:26  | CREATE MATERIALIZED VIEW clicks AS SELECT path, COUNT(*) AS n FROM clicks GROUP BY path | table of events
          1:34  | CREATE MATERIALIZED VIEW v WITH (colour = 'red') AS SELECT 1                            | no option colour
          1:38  | CREATE MATERIALIZED VIEW v AS SELECT nope FROM clicks GROUP BY nope                | 'nope' not found
          1:63  | CREATE MATERIALIZED VIEW v AS SELECT path, COUNT(*) AS n FROM nope GROUP BY path   | 'nope' not found
          1:44  | CREATE MATERIALIZED VIEW v AS SELECT path, COUNT(*) FROM clicks GROUP BY path      | give this column a name
          1:44  | CREATE MATERIALIZED VIEW v AS SELECT path, SUM(path) AS n FROM clicks GROUP BY path | Cannot apply 'SUM'
          1:44  | CREATE MATERIALIZED VIEW v AS SELECT path, STDDEV_POP("offset") AS n FROM clicks GROUP BY path | cannot keep
          1:44  | CREATE MATERIALIZED VIEW v AS SELECT path, COUNT(*) + 1 AS n FROM clicks GROUP BY path | by itself
          1:38  | CREATE MATERIALIZED VIEW v AS SELECT "offset", COUNT(*) AS n FROM clicks GROUP BY "offset" | AS VARCHAR
          1:48  | CREATE MATERIALIZED VIEW v AS SELECT path FROM clicks                              | GROUP BY
          1:57  | CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n FROM clicks GROUP BY path       | each group has to be a column
          1:64  | CREATE MATERIALIZED VIEW v AS SELECT path, COUNT(*) AS n FROM clicks GROUP BY path ORDER BY n | no order
          1:44  | CREATE MATERIALIZED VIEW v AS SELECT path, SUM(CAST(properties['x'] AS DOUBLE)) AS n FROM clicks GROUP BY path | exact numbers
          1:44  | CREATE MATERIALIZED VIEW v AS SELECT path, TOP_K(path, 100000) AS n FROM clicks GROUP BY path | most: expected
          """)
  void saysWhatIsWrongAndWhere(String position, String statement, String message) {
    SqlException wrong =
        catchThrowableOfType(SqlException.class, () -> ViewCompiler.compile(statement));

    assertThat(wrong).hasMessageContaining(message);
    if (!statement.contains("ORDER BY")) {
      assertThat(wrong.position().line() + ":" + wrong.position().column()).isEqualTo(position);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT path, COUNT(*) AS n FROM clicks GROUP BY path HAVING COUNT(*) > 1",
        "SELECT c.path, COUNT(*) AS n FROM clicks c JOIN rejected r ON c.path = r.path GROUP BY"
            + " c.path",
        "SELECT path, COUNT(*) AS n FROM clicks GROUP BY ROLLUP(path)",
        "SELECT path, COUNT(*) AS n FROM clicks GROUP BY path UNION ALL SELECT path, COUNT(*) AS n"
            + " FROM rejected GROUP BY path",
        "SELECT path, COUNT(*) AS n FROM clicks WHERE RAND() > 0.5 GROUP BY path",
        "SELECT path, COUNT(*) AS n FROM clicks WHERE event_time > CURRENT_TIMESTAMP GROUP BY path",
        "SELECT path, COUNT(*) AS n FROM clicks WHERE path SIMILAR TO '(a+)+' GROUP BY path",
        "SELECT path, RANK() OVER (ORDER BY path) AS n FROM clicks",
        "SELECT path, COUNT(*) AS n FROM clicks WHERE path = ? GROUP BY path",
        "DELETE FROM clicks",
        "SELECT path, SUM(DISTINCT \"offset\") AS n FROM clicks GROUP BY path",
        "SELECT path, COUNT(*) AS n FROM clicks WHERE path IN (SELECT url FROM rejected) GROUP BY"
            + " path",
        "SELECT path, COUNT(*) AS n FROM TABLE(HOP(TABLE clicks, DESCRIPTOR(event_time), INTERVAL"
            + " '1' MINUTE, INTERVAL '5' MINUTE)) GROUP BY path, window_start, window_end",
        "SELECT path, window_start, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE clicks,"
            + " DESCRIPTOR(event_time), INTERVAL '7' MINUTE)) GROUP BY path, window_start,"
            + " window_end",
        "SELECT site, window_start, window_end, MAX(page_views) AS n FROM TABLE(TUMBLE(TABLE"
            + " sessions, DESCRIPTOR(event_time), INTERVAL '1' DAY)) GROUP BY site, window_start,"
            + " window_end",
        "SELECT",
        "",
        "SELECT 'unended",
        "/* unended",
        "))))",
        "SELECT \0 FROM clicks"
      })
  void refusesWhatAViewCannotKeep(String query) {
    assertThat(
            catchThrowableOfType(
                SqlException.class,
                () -> ViewCompiler.compile("CREATE MATERIALIZED VIEW v AS " + query)))
        .as(query)
        .isNotNull()
        .extracting(Throwable::getMessage)
        .isNotNull();
  }

  @Test
  void refusesWhatIsTooLongOrTooDeep() {
    String long1 = "CREATE MATERIALIZED VIEW v AS SELECT '" + "x".repeat(1 << 20) + "'";
    String deep = "CREATE MATERIALIZED VIEW v AS SELECT " + "(".repeat(500) + "1" + ")".repeat(500);
    String chain = "CREATE MATERIALIZED VIEW v AS SELECT 1" + "+1".repeat(30_000);

    for (String statement : List.of(long1, deep, chain)) {
      assertThat(catchThrowableOfType(SqlException.class, () -> ViewCompiler.compile(statement)))
          .isNotNull();
    }
  }

  private static JudgedClick click() {
    return TestClicks.clickWith(
        "http://demo/cart2", "{\"plan\":\"gold Ü\",\"order\":{\"total\":19.99},\"nothing\":null}");
  }
}
