package io.millrace.query;

import static io.millrace.query.testing.ClickBuilder.aClick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.millrace.query.testing.QueryServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver that tools use, against a server in memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class JdbcTest {
  private static final Instant FIRST = Instant.parse("2026-11-01T10:00:00Z");
  private static final String ENDLESS =
      """
      SELECT COUNT(*) FROM traffic a, traffic b, traffic c, traffic d, traffic e
      WHERE a.events + b.events + c.events + d.events + e.events < 0""";

  private final QueryServer server = new QueryServer(withRoom(), Optional.empty());

  /** For queries that hold many rows until they are ended. */
  private static QueryConfig withRoom() {
    QueryConfig defaults = QueryConfig.defaults();
    return new QueryConfig(
        defaults.maxRows(),
        defaults.defaultLimit(),
        defaults.maxCellsScanned(),
        Integer.MAX_VALUE,
        defaults.queryTimeout(),
        defaults.cellsPatience(),
        defaults.concurrentQueries(),
        defaults.maxLiveConnections(),
        defaults.snapshotInterval(),
        defaults.feedSample());
  }

  @BeforeAll
  void fill() {
    IntStream.range(0, 300)
        .mapToObj(
            i ->
                aClick()
                    .at(FIRST.plusSeconds(20L * i))
                    .path("/" + i % 3)
                    .visitor("v" + i % 7)
                    .counted())
        .forEach(server::with);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Connection connect(String serialization) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url=http://127.0.0.1:"
            + server.port()
            + "/api/v1/jdbc;serialization="
            + serialization);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void answersWithTypedColumns(String serialization) throws SQLException {
    try (Connection connection = connect(serialization);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT path, window_start, events, CAST(events AS DECIMAL(9, 2)) / 8 AS part,
                  events > 0 AS is_any, CAST(window_start AS DATE) AS day_, visitors,
                  CAST(NULL AS INTEGER) AS nothing, 0.5e0 AS real_
                FROM pages WHERE path = '/1' ORDER BY window_start LIMIT 1""")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("path")).isEqualTo("/1");
      assertThat(rows.getTimestamp(2, utc()).toInstant()).isEqualTo(FIRST);
      assertThat(rows.getTimestamp(2))
          .isEqualTo(Timestamp.valueOf(LocalDateTime.parse("2026-11-01T10:00:00")));
      assertThat(rows.getLong(3)).isEqualTo(1);
      assertThat(rows.getBigDecimal(4)).isEqualByComparingTo("0.125");
      assertThat(rows.getBoolean(5)).isTrue();
      assertThat(rows.getDate(6)).isEqualTo(java.sql.Date.valueOf("2026-11-01"));
      assertThat(rows.getString(7)).isEqualTo("1");
      assertThat(rows.getObject(8)).isNull();
      assertThat(rows.getDouble(9)).isEqualTo(0.5);
      assertThat(rows.getMetaData().getColumnType(2)).isEqualTo(Types.TIMESTAMP);
      assertThat(rows.getMetaData().getColumnTypeName(3)).isEqualTo("BIGINT");
      assertThat(rows.getMetaData().getColumnLabel(4)).isEqualTo("part");
      assertThat(rows.next()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void fetchesFrameByFrame(String serialization) throws SQLException {
    try (Connection connection = connect(serialization);
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(17);
      List<String> seen = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT path, window_start FROM pages ORDER BY window_start, path")) {
        while (rows.next()) {
          seen.add(rows.getString(1) + rows.getString(2));
        }
      }

      assertThat(seen).hasSize(300).doesNotHaveDuplicates();
      assertThat(seen.getLast()).startsWith("/2").contains("11:39:");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void preparesOnceAndRunsWithMany(String serialization) throws SQLException {
    try (Connection connection = connect(serialization);
        PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT SUM(events) FROM pages
                WHERE path = ? AND window_start >= ? AND events < ?""")) {
      assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(3);
      assertThat(statement.getParameterMetaData().getParameterType(2)).isEqualTo(Types.TIMESTAMP);
      for (int minute = 0; minute < 100; minute += 30) {
        statement.setString(1, "/1");
        statement.setTimestamp(2, Timestamp.from(FIRST.plusSeconds(60L * minute)), utc());
        statement.setInt(3, 1_000);
        try (ResultSet rows = statement.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getInt(1)).isEqualTo(100 - minute);
        }
      }
      statement.setString(1, null);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isZero();
        assertThat(rows.wasNull()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void tellsWhatThereIs(String serialization) throws SQLException {
    try (Connection connection = connect(serialization)) {
      var metadata = connection.getMetaData();

      assertThat(metadata.getStringFunctions()).contains("UPPER");
      assertThat(column(metadata.getCatalogs(), "TABLE_CAT")).isEmpty();
      assertThat(column(metadata.getSchemas(), "TABLE_SCHEM")).isEmpty();
      assertThat(column(metadata.getTableTypes(), "TABLE_TYPE")).containsExactly("TABLE");
      assertThat(
              column(
                  metadata.getTables(null, null, "%", new String[] {"TABLE", "VIEW"}),
                  "TABLE_NAME"))
          .contains("pages", "traffic", "session_totals");
      assertThat(column(metadata.getTables(null, null, "%", new String[] {"VIEW"}), "TABLE_NAME"))
          .isEmpty();
      assertThat(column(metadata.getTables(null, "other", "%", null), "TABLE_NAME")).isEmpty();
      assertThat(column(metadata.getTables(null, null, "session\\_t%", null), "TABLE_NAME"))
          .containsExactly("session_totals");
      assertThat(column(metadata.getColumns(null, null, "pages", "%"), "COLUMN_NAME"))
          .startsWith("site", "window_start", "window_end", "path", "events");
      assertThat(column(metadata.getColumns(null, null, "pages", "window_%"), "TYPE_NAME"))
          .containsExactly("TIMESTAMP", "TIMESTAMP");
      assertThat(column(metadata.getTypeInfo(), "TYPE_NAME")).contains("BIGINT", "VARCHAR");
      // Asked for by tools, and empty.
      assertThat(column(metadata.getPrimaryKeys(null, null, "pages"), "COLUMN_NAME")).isEmpty();
      assertThat(column(metadata.getIndexInfo(null, null, "pages", false, true), "COLUMN_NAME"))
          .isEmpty();
      assertThat(column(metadata.getImportedKeys(null, null, "pages"), "FKCOLUMN_NAME")).isEmpty();
      assertThat(metadata.isReadOnly()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void saysWhatIsWrongAndWhere(String serialization) throws SQLException {
    try (Connection connection = connect(serialization);
        Statement statement = connection.createStatement()) {
      SQLException unknown =
          catchThrowableOfType(
              SQLException.class, () -> statement.executeQuery("SELECT\n pth FROM pages"));

      assertThat(unknown.getMessage()).contains("line 2, column 2: Column 'pth' not found");
      assertThat(unknown.getSQLState()).isEqualTo("42000");
      assertThat(unknown.toString()).doesNotContain("java.lang", "at io.millrace");
      assertThatThrownBy(() -> connection.prepareStatement("SELECT ?"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM pages"))
          .hasMessageContaining("only queries are answered here");
      assertThat(statement.executeQuery("SELECT 1").next()).isTrue();
    }
  }

  @Test
  void anAnswerIsNeverCutShortUnasked() throws SQLException {
    String many = "SELECT a.path FROM pages a, pages b";
    try (Connection connection = connect("protobuf");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery(many))
          .hasMessageContaining("more than 10000 rows");

      statement.setMaxRows(250);
      try (ResultSet rows = statement.executeQuery(many)) {
        int count = 0;
        while (rows.next()) {
          count++;
        }
        assertThat(count).isEqualTo(250);
      }
    }
  }

  @Test
  @SuppressWarnings("try") // closing it early is what is tested
  void closingAConnectionEndsItsQueries() throws Exception {
    try (Connection connection = connect("protobuf")) {
      Statement statement = connection.createStatement();
      // Another test's may still be ending.
      await().until(() -> !isQueryRunning());
      var failure =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(SQLException.class, () -> statement.executeQuery(ENDLESS)));
      await().until(() -> failure.isDone() || isQueryRunning());
      connection.close();

      assertThat(failure.get(8, TimeUnit.SECONDS).getMessage()).contains("cancelled");
      assertThat(failure.get().getSQLState()).isEqualTo("57014");
    }
  }

  private static boolean isQueryRunning() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("sql-query"));
  }

  @Test
  void manyConnectionsAskAtOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> sums =
          IntStream.range(0, 8)
              .mapToObj(
                  i -> threads.submit(() -> sumOf("/" + i % 3, i % 2 == 0 ? "json" : "protobuf")))
              .toList();

      for (Future<Integer> sum : sums) {
        assertThat(sum.get(30, TimeUnit.SECONDS)).isEqualTo(100);
      }
    }
  }

  private int sumOf(String path, String serialization) throws SQLException {
    try (Connection connection = connect(serialization);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT SUM(events) FROM pages WHERE path = '" + path + "'")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "[]", "nonsense", "{\"request\":\"fetch\"}", "\n\u0001x"})
  void whatIsNoRequestIsRefused(String body) {
    var response =
        server.send(
            server
                .request("/api/v1/jdbc")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofString(body)));

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("Exception", "fault of the server");
  }

  @Test
  void aPageOfAnotherSiteCannotAsk() {
    var response =
        server.send(
            server
                .request("/api/v1/jdbc")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"request\":\"openConnection\"}")));

    assertThat(response.statusCode()).isEqualTo(400);
  }

  private static Calendar utc() {
    return Calendar.getInstance(TimeZone.getTimeZone("UTC"));
  }

  private static List<String> column(ResultSet rows, String name) throws SQLException {
    var values = new ArrayList<String>();
    try (rows) {
      while (rows.next()) {
        values.add(rows.getString(name));
      }
    }
    return values;
  }
}
