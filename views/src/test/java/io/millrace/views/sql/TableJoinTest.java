package io.millrace.views.sql;

import static io.millrace.views.table.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.model.ClickEvent;
import io.millrace.model.EnrichedClick;
import io.millrace.model.Enrichment;
import io.millrace.model.EventType;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.views.Aggregate;
import io.millrace.views.Computed;
import io.millrace.views.ComputedDimension;
import io.millrace.views.JudgedClick;
import io.millrace.views.ViewPlan;
import io.millrace.views.table.ReferenceTable;
import io.millrace.views.table.TableReading;
import io.millrace.views.table.Tables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableJoinTest {
  private final ReferenceTable products =
      table(
          3,
          """
          CREATE TABLE products (path VARCHAR PRIMARY KEY, category VARCHAR, price DECIMAL(9, 2),
            maker BIGINT, sold BOOLEAN) WITH (topic = 'products', format = 'json')
          """);
  private final ReferenceTable makers =
      table(
          4,
          """
          CREATE TABLE makers (id BIGINT PRIMARY KEY, name VARCHAR)
          WITH (topic = 'makers', format = 'json')
          """);
  private final ReferenceTable prices =
      table(
          5,
          """
          CREATE TABLE prices (site VARCHAR, path VARCHAR, price BIGINT, PRIMARY KEY (site, path))
          WITH (topic = 'prices', format = 'json')
          """);
  private final TableReading reading = products.read(Map.of());

  private ViewPlan compile(String query) {
    return ViewCompiler.compile(
        "CREATE MATERIALIZED VIEW v AS " + query, List.of(products, makers, prices));
  }

  private static JudgedClick click(String path) {
    return click(path, "");
  }

  private static JudgedClick click(String path, String properties) {
    var event =
        new ClickEvent(
            "id",
            new SiteId("demo"),
            new VisitorId("visitor"),
            EventType.PAGE,
            "",
            "http://demo" + path,
            "",
            "",
            "",
            "",
            1_770_000_000_000L,
            0,
            0,
            1_770_000_000_000L,
            "",
            "Firefox",
            "",
            "",
            properties,
            false);
    return JudgedClick.counted(
        new EnrichedClick(
            event,
            new Enrichment(
                "demo", path, "DE", "Phone", "Firefox", "Android", "", "direct", "", "", "", "", "",
                "")),
        0,
        0,
        1_770_000_000_000L);
  }

  private static String group(ViewPlan plan, JudgedClick click) {
    return plan.dimensions().getFirst().text(click);
  }

  private static long sum(ViewPlan plan, JudgedClick click) {
    var cell = plan.emptyCell();
    for (int i = 0; i < plan.aggregates().size(); i++) {
      Aggregate aggregate = plan.aggregates().get(i);
      if (aggregate.filter().admits(click)) {
        aggregate.add(click, cell.accumulator(i));
      }
    }
    return cell.value(0);
  }

  @Test
  void theRowIsThatOfTheMomentOfTheEvent() {
    ViewPlan plan =
        compile(
            "SELECT p.category, COUNT(*) AS n FROM clicks c LEFT JOIN products p"
                + " ON p.path = c.path GROUP BY p.category");

    assertThat(plan.tables()).containsExactly(products);
    assertThat(group(plan, click("/a"))).isEmpty();

    Tables.put(reading, "/a", "{\"category\":\"shoes\"}");
    assertThat(group(plan, click("/a"))).isEqualTo("shoes");
    assertThat(group(plan, click("/b"))).isEmpty();

    Tables.put(reading, "/a", "{\"category\":\"boots\"}");
    assertThat(group(plan, click("/a"))).isEqualTo("boots");

    Tables.delete(reading, "/a");
    assertThat(group(plan, click("/a"))).isEmpty();
    assertThat(plan.filter().admits(click("/a"))).isTrue();
  }

  @Test
  void anInnerJoinLeavesOutWhatHasNoRow() {
    ViewPlan plan =
        compile(
            "SELECT p.path, SUM(p.price) AS s FROM clicks c JOIN products p"
                + " ON LOWER(c.path) = p.path WHERE p.price > 1 GROUP BY p.path");
    Tables.put(reading, "/a", "{\"price\":\"19.99\"}");
    Tables.put(reading, "/b", "{\"price\":0.5}");
    Tables.put(reading, "/c", "{}");

    assertThat(plan.filter().admits(click("/A"))).isTrue();
    assertThat(plan.filter().admits(click("/b"))).isFalse();
    assertThat(plan.filter().admits(click("/c"))).isFalse();
    assertThat(plan.filter().admits(click("/d"))).isFalse();
    assertThat(group(plan, click("/A"))).isEqualTo("/a");
    assertThat(sum(plan, click("/A"))).isEqualTo(1_999);
  }

  @Test
  void tablesAreJoinedOneByTheOtherAndWindowsToo() {
    ViewPlan plan =
        compile(
            "SELECT COALESCE(m.name, 'none') || '/' || COALESCE(p.category, '-') AS maker,"
                + " window_start, window_end, COUNT(*) FILTER (WHERE p.sold) AS n"
                + " FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1' HOUR)) c"
                + " LEFT JOIN products p ON p.path = c.path"
                + " LEFT JOIN makers m ON m.id = p.maker"
                + " GROUP BY COALESCE(m.name, 'none') || '/' || COALESCE(p.category, '-'),"
                + " window_start, window_end");
    Tables.put(reading, "/a", "{\"category\":\"shoes\",\"maker\":7,\"sold\":true}");
    Tables.put(makers.read(Map.of()), "7", "{\"name\":\"Ünal\"}");

    assertThat(plan.tables()).containsExactlyInAnyOrder(products, makers);
    assertThat(group(plan, click("/a"))).isEqualTo("Ünal/shoes");
    assertThat(group(plan, click("/b"))).isEqualTo("none/-");
    assertThat(sum(plan, click("/a"))).isEqualTo(1);
    assertThat(sum(plan, click("/b"))).isZero();
  }

  @Test
  void aKeyOfSeveralColumnsAndOneThatIsComputedMatch() {
    ViewPlan two =
        compile(
            "SELECT c.site, SUM(p.price) AS s FROM clicks c LEFT JOIN prices p"
                + " ON c.path = p.path AND p.site = c.site GROUP BY c.site");
    ViewPlan computed =
        compile(
            "SELECT m.name, COUNT(*) AS n FROM events e JOIN makers m"
                + " ON m.id = CAST(properties['maker'] AS INTEGER) GROUP BY m.name");
    Tables.put(prices.read(Map.of()), "{\"path\":\"/a\",\"site\":\"demo\"}", "{\"price\":5}");
    Tables.put(makers.read(Map.of()), "7", "{\"name\":\"Ünal\"}");

    assertThat(sum(two, click("/a"))).isEqualTo(5);
    assertThat(sum(two, click("/b"))).isZero();
    assertThat(group(computed, click("/a", "{\"maker\":\"7\"}"))).isEqualTo("Ünal");
    assertThat(computed.filter().admits(click("/a", "{\"maker\":\"x\"}"))).isFalse();
    assertThat(computed.filter().admits(click("/a"))).isFalse();
  }

  @Test
  void viewsThatAskForTheSameShareIt() {
    String from = " FROM clicks c LEFT JOIN products p ON p.path = c.path GROUP BY p.category";
    Computed one = computed(compile("SELECT p.category, COUNT(*) AS n" + from));
    Computed other = computed(compile("SELECT p.category, COUNT(p.price) AS m" + from));

    assertThat(one).isEqualTo(other);
    assertThat(one.text()).isEqualTo("products@3.category(path)");
    JudgedClick click = click("/a");
    assertThat(one.of(click)).isNull();
    Tables.put(reading, "/a", "{\"category\":\"shoes\"}");
    // Looked up once of one event, so all its views agree whatever happens meanwhile.
    assertThat(other.of(click)).isNull();
    assertThat(other.of(click("/a"))).isEqualTo("shoes");
  }

  private static Computed computed(ViewPlan plan) {
    return Optional.of(plan.dimensions().getFirst())
        .map(ComputedDimension.class::cast)
        .orElseThrow()
        .computed();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          clicks c LEFT JOIN products p ON p.category = c.path               | 34 | each column of its key (path)
          clicks c LEFT JOIN products p ON p.path > c.path                   | 34 | each column of its key (path)
          clicks c LEFT JOIN products p ON LOWER(p.path) = c.path            | 34 | by itself
          clicks c LEFT JOIN products p ON p.path = c.path AND c.site = 'x'  | 34 | belong into WHERE
          clicks c JOIN prices p ON p.path = c.path                          | 27 | (site, path)
          clicks c RIGHT JOIN products p ON p.path = c.path                  | 35 | LEFT JOIN and INNER JOIN alone
          clicks c FULL JOIN products p ON p.path = c.path                   | 34 | LEFT JOIN and INNER JOIN alone
          clicks c CROSS JOIN products p                                     | 21 | each column of its key (path)
          clicks c JOIN clicks p ON p.path = c.path                          | 27 | events come first
          products p JOIN clicks c ON p.path = c.path                        | 29 | events come first
          products p                                                         | 1 | a view is about events
          clicks c LEFT JOIN products p ON p.path = c.nothing                | 45 | not found
          clicks c LEFT JOIN makers p ON p.id = c.path                       | 32 | id is BIGINT, which VARCHAR
          """)
  void otherJoinsAreRefusedWhereTheyStand(String from, int column, String reason) {
    String statement =
        "CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n, MAX(1) AS m FROM\n" + from;

    SqlException refused =
        catchThrowableOfType(
            SqlException.class,
            () -> ViewCompiler.compile(statement, List.of(products, makers, prices)));

    assertThat(refused).hasMessageContaining(reason);
    assertThat(refused.position()).isEqualTo(new SqlException.Position(2, column));
  }

  @Test
  void sessionsAreNotJoined() {
    SqlException refused =
        catchThrowableOfType(
            SqlException.class,
            () ->
                compile(
                    "SELECT p.category, COUNT(*) AS n FROM sessions c JOIN products p"
                        + " ON p.path = c.entry_page GROUP BY p.category"));

    assertThat(refused).hasMessageContaining("sessions are not joined with tables");
  }

  @Test
  void fiveTablesAreTooMany() {
    var from = new StringBuilder("clicks c");
    for (int i = 0; i < 5; i++) {
      from.append(" LEFT JOIN products p%d ON p%d.path = c.path".formatted(i, i));
    }

    SqlException refused =
        catchThrowableOfType(
            SqlException.class,
            () -> compile("SELECT p0.path, COUNT(*) AS n FROM " + from + " GROUP BY p0.path"));

    assertThat(refused).hasMessageContaining("at most 4 tables");
  }

  @Test
  void aViewDoesNotTakeTheNameOfATable() {
    SqlException refused =
        catchThrowableOfType(
            SqlException.class,
            () ->
                ViewCompiler.define(
                    "CREATE MATERIALIZED VIEW makers AS SELECT COUNT(*) AS n FROM clicks",
                    List.of(makers)));

    assertThat(refused).hasMessageContaining("makers is a reference table");
  }
}
