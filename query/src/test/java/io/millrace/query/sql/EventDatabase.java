package io.millrace.query.sql;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** DuckDB in memory with the same events, and the views as tables made of them. */
final class EventDatabase implements AutoCloseable {
  private final Connection connection;

  EventDatabase() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    run(
        "CREATE TABLE events (site VARCHAR, path VARCHAR, country VARCHAR, visitor VARCHAR,"
            + " type VARCHAR, time TIMESTAMP, price DECIMAL(18, 2))");
  }

  void add(RandomEvent event) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, event.site());
      insert.setString(2, event.path());
      insert.setString(3, event.country());
      insert.setString(4, event.visitor());
      insert.setString(5, event.type().label());
      insert.setObject(6, LocalDateTime.ofInstant(event.time(), ZoneOffset.UTC));
      insert.setBigDecimal(7, event.price().map(BigDecimal::new).orElse(null));
      insert.execute();
    }
  }

  void makeViews() throws SQLException {
    makeView("traffic", "site", "");
    makeView("pages", "site, path", "");
    makeView("countries", "site, country", "");
    makeView(
        "mixed",
        "site, path, country",
        ", min(epoch_ms(time)) AS first_time, max(epoch_ms(time)) AS last_time,"
            + " sum(epoch_ms(time)) AS time_sum, list(epoch_ms(time)) AS mean_time,"
            + " coalesce(sum(price), 0) AS revenue, min(price) AS cheapest,"
            + " list(price) FILTER (WHERE price IS NOT NULL) AS mean_price");
  }

  private void makeView(String name, String dimensions, String more) throws SQLException {
    run(
        "CREATE TABLE "
            + name
            + " AS SELECT "
            + dimensions
            + ", date_trunc('minute', time) AS window_start,"
            + " date_trunc('minute', time) + INTERVAL 1 MINUTE AS window_end,"
            + " count(*) AS events, count(*) FILTER (WHERE type = 'page') AS page_views,"
            + " list(DISTINCT visitor) AS visitors"
            + more
            + " FROM events GROUP BY "
            + dimensions
            + ", date_trunc('minute', time)");
  }

  /** A query in the words of DuckDB. */
  static String dialect(String sql) {
    return sql.replace("MERGE(visitors)", "len(list_distinct(flatten(list(visitors))))")
        .replace("VALUE_OF(visitors)", "len(visitors)")
        .replace("MERGE(mean_time)", "list_avg(flatten(list(mean_time)))")
        .replace(
            "MERGE(mean_price)",
            "(list_sum(flatten(list(mean_price)))::DOUBLE"
                + " / nullif(len(flatten(list(mean_price))), 0))")
        .replace("MERGE(cheapest)", "MIN(cheapest)")
        .replace("MERGE(first_time)", "MIN(first_time)")
        .replace("MERGE(last_time)", "MAX(last_time)")
        .replaceAll("MERGE\\((\\w+)\\)", "SUM($1)")
        .replaceAll("FLOOR\\(window_start TO (\\w+)\\)", "date_trunc('$1', window_start)");
  }

  synchronized List<List<Object>> rows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException failure) {
      throw new SQLException("DuckDB refuses " + sql, failure);
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
