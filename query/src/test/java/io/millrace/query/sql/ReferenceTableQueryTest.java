package io.millrace.query.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.model.control.TableGeneration;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.testing.ClickBuilder;
import io.millrace.views.sql.TableCompiler;
import io.millrace.views.table.ReferenceTable;
import io.millrace.views.table.TableLimits;
import io.millrace.views.table.TableReading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceTableQueryTest {
  private final ReferenceTable products =
      table(
          """
          CREATE TABLE products (path VARCHAR PRIMARY KEY, category VARCHAR, price DECIMAL(9, 2),
            sold BOOLEAN, since TIMESTAMP, weight DOUBLE, stock BIGINT)
          WITH (topic = 'products', format = 'json')
          """);

  private static ReferenceTable table(String statement) {
    var plan = TableCompiler.compile(statement);
    return new ReferenceTable(new TableGeneration(plan.name(), 1), plan, TableLimits.DEFAULT);
  }

  private static void put(TableReading reading, String key, String value) {
    assertThat(
            reading.take(
                0, 0, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)))
        .isEmpty();
  }

  private SqlDesk desk() {
    TableReading reading = products.read(Map.of());
    put(
        reading,
        "/a",
        "{\"category\":\"shoes\",\"price\":19.9,\"sold\":true,\"since\":0,\"weight\":0.5,\"stock\":3}");
    put(reading, "/b", "{\"category\":\"boots\"}");
    put(reading, "/c", "{\"category\":\"shoes\",\"price\":1}");
    return new SqlDesk().with(products);
  }

  @Test
  void allTypesOfColumnsAreAnswered() {
    assertThat(desk().json("SELECT * FROM products WHERE path IN ('/a', '/b') ORDER BY path"))
        .isEqualTo(
            "[[\"/a\",\"shoes\",19.90,true,\"1970-01-01T00:00:00Z\",0.5,3],"
                + "[\"/b\",\"boots\",null,null,null,null,null]]");
  }

  @Test
  void rowsAreGroupedSortedAndCounted() {
    assertThat(
            desk()
                .json(
                    "SELECT category, COUNT(*) AS n, SUM(price) AS price FROM products"
                        + " GROUP BY category ORDER BY n DESC"))
        .isEqualTo("[[\"shoes\",2,20.90],[\"boots\",1,null]]");
  }

  @Test
  void aViewIsJoinedWithATable() {
    SqlDesk desk =
        desk()
            .with(
                ClickBuilder.aClick().path("/a").counted(),
                ClickBuilder.aClick().path("/a").counted(),
                ClickBuilder.aClick().path("/b").counted(),
                ClickBuilder.aClick().path("/x").counted());

    assertThat(
            desk.json(
                "SELECT COALESCE(p.category, 'none') AS category, SUM(v.events) AS events,"
                    + " SUM(v.events * p.price) AS price FROM pages v"
                    + " LEFT JOIN products p ON p.path = v.path"
                    + " GROUP BY COALESCE(p.category, 'none') ORDER BY events DESC, category"))
        .isEqualTo("[[\"shoes\",2,39.80],[\"boots\",1,null],[\"none\",1,null]]");
    assertThat(
            desk.json(
                "SELECT path FROM products p WHERE NOT EXISTS"
                    + " (SELECT 1 FROM pages v WHERE v.path = p.path)"))
        .isEqualTo("[[\"/c\"]]");
  }

  @Test
  void aQueryThatIsAskedAgainFindsTheRowsOfItsTime() {
    TableReading reading = products.read(Map.of());
    SqlDesk desk = new SqlDesk().with(products);
    String query = "SELECT path, stock FROM products ORDER BY path";
    put(reading, "/a", "{\"stock\":1}");
    assertThat(desk.json(query)).isEqualTo("[[\"/a\",1]]");

    put(reading, "/a", "{\"stock\":2}");
    put(reading, "/b", "{}");

    assertThat(desk.json(query)).isEqualTo("[[\"/a\",2],[\"/b\",null]]");
  }

  @Test
  void aTableOfItsKeyAloneIsAnswered() {
    ReferenceTable blocked =
        table("CREATE TABLE blocked (id BIGINT PRIMARY KEY) WITH (topic = 'b', format = 'json')");
    TableReading reading = blocked.read(Map.of());
    put(reading, "1", "{}");
    put(reading, "2", "{}");

    assertThat(new SqlDesk().with(blocked).json("SELECT id FROM blocked WHERE id > 1"))
        .isEqualTo("[[2]]");
  }

  @Test
  void aTableThatIsBeingReadIsNotAnsweredYet() {
    products.read(Map.of(0, 1L));

    QueryException refused =
        catchThrowableOfType(
            QueryException.class,
            () -> new SqlDesk().with(products).answer("SELECT * FROM products"));

    assertThat(refused.code()).isEqualTo(QueryErrorCode.VIEW_NOT_READY);
    assertThat(refused).hasMessageContaining("products is being read");
  }

  @Test
  void rowsOfTablesAreWithinTheLimitsOfAQuery() {
    TableReading reading = products.read(Map.of());
    for (int i = 0; i < 200; i++) {
      put(reading, "/" + i, "{}");
    }
    var few = new SqlLimits(10, 1_000, 100, Duration.ofSeconds(20));

    QueryException refused =
        catchThrowableOfType(
            QueryException.class,
            () -> new SqlDesk(few).with(products).answer("SELECT MAX(path) FROM products"));

    assertThat(refused.code()).isEqualTo(QueryErrorCode.QUERY_TOO_LARGE);
  }
}
