package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.sender.Delivery;
import io.millrace.server.sender.EventSender;
import io.millrace.testing.harness.BelievableTraffic;
import io.millrace.testing.harness.ForeignTopic;
import io.millrace.testing.harness.RunningInstance;
import io.millrace.testing.harness.SqlProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Statements define reference tables of a running Millrace, join them, ask them and drop them. */
@Timeout(300)
class TableStatementsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String TABLE =
      """
      CREATE TABLE sections (path VARCHAR PRIMARY KEY, section VARCHAR)
      WITH (topic = 'page-sections', format = 'json')""";
  private static final String VIEW =
      """
      CREATE MATERIALIZED VIEW by_section AS
      SELECT s.section, COUNT(*) AS events
      FROM clicks c LEFT JOIN sections s ON s.path = c.path
      GROUP BY s.section""";

  @Test
  void aTableIsCreatedJoinedAskedAndDropped(@TempDir Path temporary) throws Exception {
    Path folder = temporary.resolve("millrace-data");
    List<List<String>> before;
    try (RunningInstance millrace = RunningInstance.start(folder);
        var topic = new ForeignTopic(millrace.local().bootstrapServers(), "page-sections")) {
      var sql = new SqlProbe(millrace.http());
      requireRefused(sql.error(TABLE), "invalid_sql", "there is no topic page-sections");
      topic.make(2);
      topic.put("/", "{\"section\":\"home\"}");
      topic.put("/nowhere", "{\"section\":\"none\"}");
      send(millrace);

      // It is defined, and asked.
      assertThat(sql.rows(TABLE).getFirst().get(1)).contains("is being read");
      requireRefused(sql.error(TABLE), "view_exists", "there is a table of this name");
      await("the table is read")
          .atMost(PATIENCE)
          .until(() -> aboutSections(sql).contains("ready, 2 rows"));
      assertThat(sql.rows("SELECT section FROM sections ORDER BY path"))
          .isEqualTo(List.of(List.of("home"), List.of("none")));
      assertThat(sql.rows("DESCRIBE sections"))
          .isEqualTo(
              List.of(
                  List.of("path", "VARCHAR", "of the key"), List.of("section", "VARCHAR", "null")));

      // It is joined, in a view over what was and in a query.
      sql.rows(VIEW);
      await("its past").atMost(PATIENCE).until(() -> sql.states("by_section").contains("complete"));
      assertThat(counts(sql)).isEqualTo(expected(sql)).hasSize(2);
      assertThat(sql.rows("EXPLAIN VIEW by_section").toString()).contains("sections");

      // What reads it keeps it.
      requireRefused(sql.error("DROP TABLE sections"), "invalid_sql", "is read by by_section");
      requireRefused(
          sql.error("CREATE MATERIALIZED VIEW sections AS SELECT COUNT(*) AS n FROM clicks"),
          "invalid_sql",
          "sections is a reference table");
      before = counts(sql);
    }
    try (RunningInstance millrace = RunningInstance.start(folder)) {
      var sql = new SqlProbe(millrace.http());
      await("it is there after a start")
          .atMost(PATIENCE)
          .until(() -> aboutSections(sql).contains("ready, 2 rows"));
      assertThat(counts(sql)).isEqualTo(before);

      sql.rows("DROP MATERIALIZED VIEW by_section");
      assertThat(sql.rows("DROP TABLE sections").getFirst().get(1)).contains("is dropped");
      requireRefused(sql.error("SELECT * FROM sections"), "invalid_sql", "sections");
      requireRefused(
          sql.error("DROP TABLE sections"), "unknown_view", "there is no reference table sections");
      assertThat(sql.rows("DROP TABLE IF EXISTS sections").getFirst().get(1))
          .contains("nothing was done");
      assertThat(aboutSections(sql)).isEmpty();
    }
  }

  private static void send(RunningInstance millrace) throws InterruptedException {
    var events = BelievableTraffic.ofADay(Instant.now(), 200, 7);
    try (EventSender sender = millrace.sender()) {
      Delivery delivery = sender.send(events);
      assertThat(delivery.accepted()).as(delivery.toString()).isEqualTo(events.size());
    }
    millrace.awaitAccounted(events.size());
  }

  private static void requireRefused(JsonNode error, String code, String reason) {
    assertThat(error.path("code").asText()).as(error.toString()).isEqualTo(code);
    assertThat(error.path("message").asText()).contains(reason);
  }

  private static String aboutSections(SqlProbe sql) {
    return sql.rows("SHOW TABLES").stream()
        .filter(row -> row.getFirst().equals("sections"))
        .map(row -> row.get(1))
        .findFirst()
        .orElse("");
  }

  private static List<List<String>> counts(SqlProbe sql) {
    return sql.rows("SELECT section, events FROM by_section ORDER BY section");
  }

  /** The same, joined when it is asked. */
  private static List<List<String>> expected(SqlProbe sql) {
    return sql.rows(
        "SELECT COALESCE(s.section, '') AS section, SUM(p.events) AS events FROM pages p"
            + " LEFT JOIN sections s ON s.path = p.path GROUP BY COALESCE(s.section, '')"
            + " ORDER BY section");
  }
}
