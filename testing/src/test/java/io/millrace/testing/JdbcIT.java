package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import io.millrace.server.sender.EventSender;
import io.millrace.server.sender.OutgoingEvent;
import io.millrace.testing.harness.BelievableTraffic;
import io.millrace.testing.harness.RunningInstance;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Avatica's driver, as tools use it, against a running Millrace with its Kafka and stores. */
@TestInstance(PER_CLASS)
@Timeout(400)
class JdbcIT {
  private static final int EVENTS = 300;

  private RunningInstance millrace;

  @BeforeAll
  void start(@TempDir Path temporary) throws InterruptedException {
    millrace = RunningInstance.start(temporary.resolve("millrace-data"));
    List<OutgoingEvent> day = BelievableTraffic.ofADay(Instant.now(), EVENTS, 7);
    try (EventSender sender = millrace.sender()) {
      assertThat(sender.send(day).accepted()).isEqualTo(day.size());
    }
    millrace.awaitAccounted(day.size());
  }

  @AfterAll
  void stop() {
    millrace.close();
  }

  private Connection connect(String serialization) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url="
            + millrace.url()
            + "/api/v1/jdbc;serialization="
            + serialization);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void looksAroundAndAsks(String serialization) throws SQLException {
    try (Connection connection = connect(serialization);
        Statement statement = connection.createStatement()) {
      var tables = new ArrayList<String>();
      try (ResultSet found = connection.getMetaData().getTables(null, null, "%", null)) {
        while (found.next()) {
          tables.add(found.getString("TABLE_NAME"));
        }
      }
      assertThat(tables).contains("pages", "traffic");
      for (String table : tables) {
        var columns = new ArrayList<String>();
        try (ResultSet found = connection.getMetaData().getColumns(null, null, table, "%")) {
          while (found.next()) {
            columns.add(found.getString("COLUMN_NAME"));
          }
        }
        // As a tool that shows a table asks for it.
        statement.setMaxRows(200);
        try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
          assertThat(rows.getMetaData().getColumnCount()).isEqualTo(columns.size());
          while (rows.next()) {
            assertThat(rows.getObject(1)).isNotNull();
          }
        }
      }
    }
  }

  @Test
  void twoConnectionsSeeTheSameNumbers() throws SQLException {
    Instant from = Instant.now().minus(Duration.ofDays(2));
    String sql =
        "SELECT path, SUM(page_views) AS n FROM pages WHERE site = ? AND window_start >= ?"
            + " GROUP BY path ORDER BY n DESC, path";
    try (Connection one = connect("json");
        Connection other = connect("protobuf");
        PreparedStatement first = one.prepareStatement(sql);
        PreparedStatement second = other.prepareStatement(sql)) {
      List<String> firstRows = rows(first, from);
      List<String> secondRows = rows(second, from);

      assertThat(firstRows).isNotEmpty().isEqualTo(secondRows);
      assertThat(rows(first, Instant.now().plus(Duration.ofDays(1)))).isEmpty();
    }
  }

  private static List<String> rows(PreparedStatement statement, Instant from) throws SQLException {
    statement.setString(1, RunningInstance.SITE);
    statement.setTimestamp(
        2, Timestamp.from(from), Calendar.getInstance(TimeZone.getTimeZone("UTC")));
    statement.setFetchSize(2);
    var rows = new ArrayList<String>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(result.getString(1) + " " + result.getLong(2));
      }
    }
    return rows;
  }
}
