package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.sender.Delivery;
import io.millrace.server.sender.EventSender;
import io.millrace.server.sender.OutgoingEvent;
import io.millrace.testing.harness.BelievableTraffic;
import io.millrace.testing.harness.RunningInstance;
import io.millrace.testing.harness.SqlProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Statements define, compare, replace and drop views of a running Millrace. */
@TestInstance(PER_CLASS)
@Timeout(300)
class StatementsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String HITS =
      """
      CREATE OR REPLACE MATERIALIZED VIEW hits %s AS
      SELECT site, path, window_start, window_end,
        COUNT(*) AS hits, APPROX_COUNT_DISTINCT(visitor) AS visitors
      FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))
      %s
      GROUP BY site, path, window_start, window_end""";

  private RunningInstance millrace;
  private SqlProbe sql;
  private long accepted;

  @BeforeAll
  void start(@TempDir Path temporary) throws InterruptedException {
    millrace = RunningInstance.start(temporary.resolve("millrace-data"));
    sql = new SqlProbe(millrace.http());
    send(BelievableTraffic.ofADay(Instant.now(), 200, 7));
  }

  @AfterAll
  void stop() {
    millrace.close();
  }

  private void send(List<OutgoingEvent> events) throws InterruptedException {
    try (EventSender sender = millrace.sender()) {
      Delivery delivery = sender.send(events);
      assertThat(delivery.accepted()).as(delivery.toString()).isEqualTo(events.size());
    }
    accepted += events.size();
    millrace.awaitAccounted(accepted);
  }

  @Test
  void aViewIsCreatedComparedReplacedAndDropped() throws Exception {
    // A view of the past and of what comes.
    assertThat(sql.rows(HITS.formatted("", "")).getFirst().get(2)).contains("its past");
    awaitState("hits", "complete");
    assertThat(totals("hits", "hits")).isEqualTo(totals("pages", "events")).isNotEmpty();

    send(BelievableTraffic.now("later", 50));
    assertThat(totals("hits", "hits")).isEqualTo(totals("pages", "events"));
    assertThat(millrace.views().rows("hits", "site=" + RunningInstance.SITE)).isNotEmpty();

    // A shadow beside it, which is compared before it takes the name.
    List<List<String>> before = totals("hits", "hits");
    sql.rows(HITS.formatted("WITH (swap = 'when told')", "WHERE path <> '/'"));
    await().atMost(PATIENCE).until(() -> sql.states("hits").contains("waits to be told to swap"));
    assertThat(totals("hits", "hits")).isEqualTo(before);
    List<List<String>> differences = sql.rows("SHOW DIFFERENCES OF hits");
    assertThat(differences).hasSize(1);
    assertThat(differences.getFirst()).startsWith(RunningInstance.SITE, "/").contains("null");

    sql.rows("ALTER MATERIALIZED VIEW hits SWAP");
    awaitState("hits", "complete");
    before.removeIf(row -> row.getFirst().equals("/"));
    assertThat(totals("hits", "hits")).isEqualTo(before);

    // Nothing of it is left.
    sql.rows("DROP MATERIALIZED VIEW hits");
    assertThat(sql.states("hits")).isEmpty();
    assertThat(sql.error("SELECT * FROM hits").path("message").asText()).contains("hits");
    assertThat(sql.rows("DROP VIEW IF EXISTS hits").getFirst().get(2)).contains("nothing was done");
  }

  @Test
  void statementsTellOfViews() {
    sql.rows(
        """
        CREATE MATERIALIZED VIEW long_paths WITH (start = 'now') AS
        SELECT UPPER(path) AS loud, COUNT(*) AS events FROM clicks
        WHERE CHAR_LENGTH(path) > 3 GROUP BY UPPER(path)""");

    assertThat(sql.states("long_paths")).containsExactly("complete since it began");
    assertThat(sql.rows("SHOW CREATE VIEW long_paths").getFirst().getFirst()).contains("UPPER");
    assertThat(sql.rows("SHOW CREATE VIEW pages").getFirst().getFirst()).contains("CREATE");
    assertThat(sql.rows("DESCRIBE long_paths"))
        .containsExactly(List.of("loud", "VARCHAR", "group"), List.of("events", "BIGINT", "count"));
    assertThat(sql.rows("DESCRIBE clicks")).contains(List.of("path", "VARCHAR", "null"));
    assertThat(sql.rows("SHOW TABLES")).extracting(List::getFirst).contains("clicks", "sessions");
    assertThat(sql.rows("SHOW FUNCTIONS")).contains(List.of("UPPER"), List.of("MERGE"));
    assertThat(sql.rows("EXPLAIN VIEW long_paths"))
        .extracting(List::getFirst)
        .contains("filter", "group", "window", "aggregate", "computed", "tried with", "CPU time");
    assertThat(sql.rows("EXPLAIN SELECT path FROM pages").getFirst().getFirst())
        .contains("Enumerable");
  }

  @Test
  void aViewOfSessionsHasThoseThatBeganBeforeIt() throws Exception {
    sql.rows(
        """
        CREATE MATERIALIZED VIEW visits AS
        SELECT site, entry_page, window_start, window_end,
          COUNT(*) AS sessions, SUM(page_views) AS page_views
        FROM TABLE(TUMBLE(TABLE sessions, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))
        GROUP BY site, entry_page, window_start, window_end""");
    awaitState("visits", "complete");
    assertThat(visits("visits")).isEqualTo(visits("entry_pages")).isNotEmpty();

    send(BelievableTraffic.now("visitors", 20));
    assertThat(visits("visits")).isEqualTo(visits("entry_pages"));
  }

  private List<List<String>> visits(String view) {
    return sql.rows(
        "SELECT entry_page, SUM(sessions) AS s, SUM(page_views) AS p FROM "
            + view
            + " GROUP BY entry_page ORDER BY entry_page");
  }

  @Test
  void whatCannotBeDefinedIsRefusedWithItsPlace() {
    assertRefused("CREATE MATERIALIZED VIEW v AS\nSELECT nothing FROM clicks", 2, "nothing");
    assertRefused(
        "CREATE MATERIALIZED VIEW pages AS SELECT path, COUNT(*) AS n FROM clicks GROUP BY path",
        1,
        "is built in");
    assertRefused("DROP VIEW pages", 1, "built in");
    assertRefused("DROP VIEW nobody_knows", 1, "nobody_knows");
    assertRefused("ALTER VIEW pages SWAP", 1, "waits");
    assertRefused("SHOW NOTHING", 1, "expected VIEWS");
    assertRefused("INSERT INTO pages VALUES (1)", 1, "collector");
    assertThat(millrace.http().post("/api/v1/sql", "text/plain", "SHOW VIEWS").status())
        .isEqualTo(400);
  }

  private void assertRefused(String statement, int line, String message) {
    JsonNode error = sql.error(statement);
    assertThat(error.path("message").asText()).contains(message);
    assertThat(error.path("line").asInt()).as(error.toString()).isEqualTo(line);
  }

  private List<List<String>> totals(String view, String aggregate) {
    return sql.rows(
        "SELECT path, SUM("
            + aggregate
            + ") AS n, MERGE(visitors) AS v FROM "
            + view
            + " GROUP BY path ORDER BY path");
  }

  private void awaitState(String view, String state) {
    await().atMost(PATIENCE).until(() -> sql.states(view).equals(List.of(state)));
  }
}
