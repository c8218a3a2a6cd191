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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
            "CREATE MATERIALIZED VIEW v WITH (groups = 'few') AS SELECT "
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
          1:26  | CREATE MATERIALIZED VIEW "a@1" AS SELECT path, COUNT(*) AS n FROM clicks GROUP BY path | not a lower-case letter
          1:44  | CREATE MATERIALIZED VIEW v AS SELECT path, visitor, COUNT(*) AS n FROM clicks GROUP BY path, visitor | keep_days = '30 days'
          1:38  | CREATE MATERIALIZED VIEW v AS SELECT UPPER(url) AS u, COUNT(*) AS n FROM clicks GROUP BY UPPER(url) | a group by url keeps
          1:38  | CREATE MATERIALIZED VIEW v AS SELECT properties['order'] AS o, COUNT(*) AS n FROM clicks GROUP BY properties['order'] | a group by ITEM(properties, 'order') keeps
          1:38  | CREATE MATERIALIZED VIEW v AS SELECT JSON_VALUE(properties, '$.a') AS o, COUNT(*) AS n FROM clicks GROUP BY JSON_VALUE(properties, '$.a') | a group by properties keeps
          1:38  | CREATE MATERIALIZED VIEW v AS SELECT CAST(event_time AS VARCHAR) AS t, COUNT(*) AS n FROM clicks GROUP BY CAST(event_time AS VARCHAR) | a group by event_time keeps
          1:67  | CREATE MATERIALIZED VIEW v WITH (keep_days = '30 days') AS SELECT visitor, COUNT(*) AS n FROM clicks GROUP BY visitor | a group by visitor keeps
          1:34  | CREATE MATERIALIZED VIEW v WITH (groups = 'many') AS SELECT visitor, COUNT(*) AS n FROM clicks GROUP BY visitor | expected 'few'
          1:26  | CREATE MATERIALIZED VIEW v WITH (topic = 't') AS SELECT path, COUNT(*) AS n FROM clicks GROUP BY path HAVING COUNT(*) > 1 | a topic has cells as they are kept
          1:44  | CREATE MATERIALIZED VIEW v AS SELECT path, COUNT(*) / 2 AS "a b" FROM clicks GROUP BY path | is not a letter
          1:44  | CREATE MATERIALIZED VIEW v AS SELECT path, COUNT(*) AS "limit" FROM clicks GROUP BY path | means something else
          1:44  | CREATE MATERIALIZED VIEW v AS SELECT path, COUNT(*) AS "a b" FROM clicks GROUP BY path | is not a letter
          1:44  | CREATE MATERIALIZED VIEW v AS SELECT path, COUNT(*) AS Path FROM clicks GROUP BY path | is there twice
          1:63  | CREATE MATERIALIZED VIEW v AS SELECT path, COUNT(*) AS n FROM v GROUP BY path | and not about a view
          1:34  | CREATE MATERIALIZED VIEW v WITH (colour = 'red') AS SELECT 1                            | no option colour
          1:38  | CREATE MATERIALIZED VIEW v AS SELECT nope FROM clicks GROUP BY nope                | 'nope' not found
          1:63  | CREATE MATERIALIZED VIEW v AS SELECT path, COUNT(*) AS n FROM nope GROUP BY path   | 'nope' not found
          1:44  | CREATE MATERIALIZED VIEW v AS SELECT path, COUNT(*) FROM clicks GROUP BY path      | give this column a name
          1:44  | CREATE MATERIALIZED VIEW v AS SELECT path, SUM(path) AS n FROM clicks GROUP BY path | Cannot apply 'SUM'
          1:44  | CREATE MATERIALIZED VIEW v AS SELECT path, STDDEV_POP("offset") AS n FROM clicks GROUP BY path | cannot keep
          1:44  | CREATE MATERIALIZED VIEW v AS SELECT path, UPPER(path) AS n FROM clicks GROUP BY path | is a number
          1:38  | CREATE MATERIALIZED VIEW v AS SELECT "partition", COUNT(*) AS n FROM clicks GROUP BY "partition" | AS VARCHAR
          1:48  | CREATE MATERIALIZED VIEW v AS SELECT path FROM clicks                              | GROUP BY
          1:57  | CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n FROM clicks GROUP BY path       | each group has to be a column
          1:84  | CREATE MATERIALIZED VIEW v AS SELECT path, COUNT(*) AS n FROM clicks GROUP BY path ORDER BY n | no order
          1:90  | CREATE MATERIALIZED VIEW v AS SELECT path, COUNT(*) AS n FROM clicks GROUP BY path LIMIT 5    | no limit
          1:44  | CREATE MATERIALIZED VIEW v AS SELECT path, SUM(CAST(properties['x'] AS DOUBLE)) AS n FROM clicks GROUP BY path | exact numbers
          1:44  | CREATE MATERIALIZED VIEW v AS SELECT path, TOP_K(path, 100000) AS n FROM clicks GROUP BY path | most: expected
          """)
  void saysWhatIsWrongAndWhere(String position, String statement, String message) {
    SqlException wrong =
        catchThrowableOfType(SqlException.class, () -> ViewCompiler.define(statement, List.of()));

    assertThat(wrong).hasMessageContaining(message);
    assertThat(wrong.position().line() + ":" + wrong.position().column()).isEqualTo(position);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT c.path, COUNT(*) AS n FROM clicks c JOIN rejected r ON c.path = r.path GROUP BY c.path | joined with is a reference table
          SELECT path, COUNT(*) AS n FROM clicks GROUP BY ROLLUP(path)                          | once and over one table
          SELECT path, COUNT(*) AS n FROM clicks GROUP BY path UNION ALL SELECT path, COUNT(*) AS n FROM rejected GROUP BY path | once and over one table
          SELECT n FROM (SELECT path, COUNT(*) AS n FROM clicks GROUP BY path) GROUP BY n       | subqueries that group
          SELECT path, COUNT(*) AS n FROM clicks WHERE RAND() > 0.5 GROUP BY path               | RAND
          SELECT path, COUNT(*) AS n FROM clicks WHERE event_time > CURRENT_TIMESTAMP GROUP BY path | CURRENT_TIMESTAMP
          SELECT path, COUNT(*) AS n FROM clicks WHERE path SIMILAR TO '(a+)+' GROUP BY path    | SIMILAR TO
          SELECT path, RANK() OVER (ORDER BY path) AS n FROM clicks                             | a view groups and aggregates
          SELECT path, COUNT(*) AS n, RANK() OVER (ORDER BY COUNT(*)) AS r FROM clicks GROUP BY path | windows over rows
          SELECT path, COUNT(*) AS n FROM clicks WHERE path = ? GROUP BY path                   | no parameters
          DELETE FROM clicks                                                                    | expected a query
          SELECT path, SUM(DISTINCT "offset") AS n FROM clicks GROUP BY path                    | DISTINCT is for COUNT alone
          SELECT path, COUNT(*) AS n FROM clicks WHERE path IN (SELECT url FROM rejected) GROUP BY path | the event alone
          SELECT path, COUNT(*) AS n FROM clicks WHERE properties IS NULL GROUP BY path         | name one of the properties
          SELECT path, window_start, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '7' MINUTE)) GROUP BY path, window_start, window_end | a minute, an hour or a day
          SELECT path, window_start, window_end, COUNT(*) AS n FROM TABLE(HOP(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '7' MINUTE, INTERVAL '14' MINUTE)) GROUP BY path, window_start, window_end | or hop by one
          SELECT path, window_start, window_end, COUNT(*) AS n FROM TABLE(HOP(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '90' SECOND)) GROUP BY path, window_start, window_end | multiple of the slide
          SELECT path, window_start, window_end, COUNT(*) AS n FROM TABLE(HOP(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '2' HOUR)) GROUP BY path, window_start, window_end | up to 100 times
          SELECT path, window_start, window_end, COUNT(*) AS n FROM TABLE(SESSION(TABLE clicks, DESCRIPTOR(event_time), DESCRIPTOR(visitor), INTERVAL '30' MINUTE)) GROUP BY path, window_start, window_end | the windows of a view are
          SELECT path, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)) GROUP BY path | group by window_start
          SELECT path, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)) GROUP BY path, window_end HAVING window_end > TIMESTAMP '2026-01-01 00:00:00' | nothing is computed of window
          SELECT path, COUNT(*) AS n FROM clicks GROUP BY path HAVING TOP_K(url, 3) <> 'x'      | nothing is computed of a ranking
          SELECT path, COUNT(*) AS n, UPPER(path) AS u FROM clicks GROUP BY path                | is a number
          SELECT path, COUNT(*) + 1 FROM clicks GROUP BY path                                   | give this column a name
          SELECT site, window_start, window_end, MAX(page_views) AS n FROM TABLE(TUMBLE(TABLE sessions, DESCRIPTOR(event_time), INTERVAL '1' DAY)) GROUP BY site, window_start, window_end | cannot be taken back
          SELECT path, COUNT(*) AS n FROM clicks WHERE JSON_VALUE(path, '$..a') = 'x' GROUP BY path | a name after each dot
          SELECT path, JSON_ARRAYAGG(url) AS n FROM clicks GROUP BY path                        | cannot keep
          SELECT path, COUNT(*) AS n FROM clicks WHERE path + 1 > 2 GROUP BY path               | Cannot apply '+'
          SELECT                                                                                | Encountered
          ``                                                                                    | expected a query after AS
          SELECT 'unended                                                                       | does not end
          /* unended                                                                            | comment does not end
          ))))                                                                                  | Encountered
          """)
  void refusesWhatAViewCannotKeep(String query, String message) {
    assertThat(
            catchThrowableOfType(
                SqlException.class,
                () -> ViewCompiler.define("CREATE MATERIALIZED VIEW v AS " + query, List.of())))
        .as(query)
        .hasMessageContaining(message);
  }

  @Test
  void refusesWhatIsNoCharacterOfSql() {
    assertThat(
            catchThrowableOfType(
                SqlException.class,
                () -> ViewCompiler.compile("CREATE MATERIALIZED VIEW v AS SELECT \0 FROM clicks")))
        .hasMessageContaining("Lexical error")
        .extracting(SqlException::position)
        .isEqualTo(new SqlException.Position(1, 38));
  }

  @Test
  void refusesWhatIsTooLongOrTooDeep() {
    String long1 = "CREATE MATERIALIZED VIEW v AS SELECT '" + "x".repeat(1 << 20) + "'";
    String deep = "CREATE MATERIALIZED VIEW v AS SELECT " + "(".repeat(500) + "1" + ")".repeat(500);
    String chain = "CREATE MATERIALIZED VIEW v AS SELECT 1" + "+1".repeat(30_000);

    assertThat(refused(long1)).hasMessageContaining("more than the 65536 that are allowed");
    assertThat(refused(deep)).hasMessageContaining("nest less deeply");
    assertThat(refused(deep).position().column()).isEqualTo(37 + 61);
    assertThat(refused(chain)).hasMessageContaining("at most 2000 words");
  }

  /** In each window a cell for each value, but not for ever; or few of them. */
  @Test
  void groupsWithoutEndAreKeptForATime() {
    String windows =
        " AS SELECT visitor, window_start, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE clicks,"
            + " DESCRIPTOR(event_time), INTERVAL '1' HOUR)) GROUP BY visitor, window_start,"
            + " window_end";

    assertThat(refused("CREATE MATERIALIZED VIEW v" + windows)).hasMessageContaining("no end");
    assertThat(
            ViewCompiler.compile(
                    "CREATE MATERIALIZED VIEW v WITH (keep_days = '30 days')" + windows)
                .dimensions())
        .containsExactly(Field.VISITOR);
    assertThat(
            ViewCompiler.compile("CREATE MATERIALIZED VIEW v WITH (grains = 'hour')" + windows)
                .grains())
        .containsExactly(Grain.HOUR);
    assertThat(
            refused(
                "CREATE MATERIALIZED VIEW v WITH (grains = 'hour', keep_hours = 'for ever')"
                    + windows))
        .hasMessageContaining("no end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CASE WHEN visitor = 'a' THEN 'one' ELSE 'other' END",
        "CASE WHEN visitor = 'a' THEN path ELSE 'other' END",
        "CAST(EXTRACT(HOUR FROM event_time) AS VARCHAR)",
        "CAST(DAYOFWEEK(event_time) AS VARCHAR)",
        "CAST(CHAR_LENGTH(url) AS VARCHAR)",
        "URL_HOST(url)",
        "CAST(properties['a'] = 'b' AS VARCHAR)",
        "UPPER(path)",
        "country"
      })
  void groupsOfFewValuesNeedNoEnd(String group) {
    assertThat(
            ViewCompiler.compile(
                    "CREATE MATERIALIZED VIEW v AS SELECT "
                        + group
                        + " AS g, COUNT(*) AS n FROM"
                        + " clicks GROUP BY "
                        + group)
                .grains())
        .containsExactly(Grain.ALL);
  }

  @Test
  void aViewThatIsBuiltInIsNotDefinedAnew() {
    String statement =
        "CREATE MATERIALIZED VIEW pages AS SELECT path, COUNT(*) AS n FROM clicks GROUP BY path";

    assertThat(
            catchThrowableOfType(
                SqlException.class, () -> ViewCompiler.define(statement, List.of())))
        .hasMessageContaining("pages is built in")
        .extracting(SqlException::position)
        .isEqualTo(new SqlException.Position(1, 26));
    assertThat(ViewCompiler.define(statement.replace("pages", "my_pages"), List.of()).name())
        .isEqualTo("my_pages");
  }

  /** Else a view that has begun could stop the processing, where rules have become stricter. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pages AS SELECT path",
        "clicks AS SELECT path",
        "v AS SELECT visitor",
        "v WITH (topic = 't') AS SELECT path"
      })
  void whatWasDefinedBeforeHasAPlanWhateverTheRulesOfDefiningAre(String begin) {
    String statement =
        "CREATE MATERIALIZED VIEW "
            + begin
            + ", COUNT(*) AS n FROM clicks GROUP BY "
            + (begin.contains("visitor") ? "visitor" : "path");

    assertThat(refused(statement)).isNotNull();
    assertThat(ViewCompiler.compile(statement).aggregates()).hasSize(1);
  }

  /** Whatever is below the limits makes a plan or is refused, and leaves everything usable. */
  @ParameterizedTest
  @MethodSource
  void survivesWhatIsAsLargeAsItMayBe(String expression) {
    String statement =
        "CREATE MATERIALIZED VIEW v AS SELECT path, COUNT(*) AS n FROM clicks WHERE "
            + expression
            + " GROUP BY path HAVING "
            + expression.replace("path", "'a'");

    try {
      assertThat(ViewCompiler.compile(statement).name()).isEqualTo("v");
    } catch (SqlException refused) {
      assertThat(refused.getMessage()).hasSizeBetween(10, 600);
    }
    assertThat(
            ViewCompiler.compile(
                    "CREATE MATERIALIZED VIEW w AS SELECT path, COUNT(*) AS n FROM clicks WHERE"
                        + " UPPER(path) = 'A' GROUP BY path HAVING COUNT(*) + 1 > 2")
                .name())
        .isEqualTo("w");
  }

  static Stream<String> survivesWhatIsAsLargeAsItMayBe() {
    return Stream.of(
        "(".repeat(28) + "path = 'a'" + ")".repeat(28),
        "NOT ".repeat(900) + "path = 'a'",
        "0 < 1" + " + 1".repeat(450),
        "0 < " + "- ".repeat(900) + "1",
        "path = " + "path || ".repeat(400) + "path",
        "CASE WHEN path = '' THEN ".repeat(100) + "TRUE" + " END".repeat(100),
        "path IN ('a'" + ", 'b'".repeat(400) + ")",
        "path = 'a'" + " OR path LIKE '%b'".repeat(200));
  }

  @Test
  void messagesOfLongStatementsAreShort() {
    String word = "x".repeat(60_000);

    for (String statement :
        List.of(
            word,
            "CREATE MATERIALIZED VIEW v WITH (" + word + " = 'a') AS SELECT 1",
            "CREATE MATERIALIZED VIEW v WITH (grains = '"
                + word
                + "') AS SELECT path, COUNT(*) AS n FROM clicks GROUP BY path",
            "CREATE MATERIALIZED VIEW "
                + word
                + " AS SELECT path, COUNT(*) AS n FROM clicks GROUP BY path",
            "CREATE MATERIALIZED VIEW v AS SELECT path, COUNT(*) AS "
                + word
                + " FROM clicks GROUP BY path",
            "CREATE MATERIALIZED VIEW v AS SELECT " + word + " FROM clicks GROUP BY path",
            "CREATE MATERIALIZED VIEW v AS SELECT path FROM clicks GROUP BY path '" + word + "'")) {
      assertThat(refused(statement).getMessage()).hasSizeLessThan(700);
    }
  }

  private static SqlException refused(String statement) {
    return catchThrowableOfType(
        SqlException.class, () -> ViewCompiler.define(statement, List.of()));
  }

  private static JudgedClick click() {
    return TestClicks.clickWith(
        "http://demo/cart2", "{\"plan\":\"gold Ü\",\"order\":{\"total\":19.99},\"nothing\":null}");
  }
}
