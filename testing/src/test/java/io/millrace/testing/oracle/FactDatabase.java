package io.millrace.testing.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;
import io.millrace.testing.harness.DrivenTopology.Judged;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB in memory with the events of a round as stage 1 has judged them, and the sessions that its
 * own SQL finds in those that count. Properties are read by another library than Millrace's.
 */
final class FactDatabase implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEXTS =
      "site visitor type name url path country device browser operating_system referrer_medium"
          + " referrer_source utm_source utm_medium utm_campaign outcome reason";
  private static final List<String> COLUMNS = List.of(TEXTS.split(" "));
  private static final String SESSIONS =
      """
      CREATE TABLE sessions AS
      WITH marked AS (
        SELECT *, event_time - lag(event_time) OVER visit > INTERVAL 30 MINUTE AS is_later
        FROM events WHERE outcome = 'counted' WINDOW visit AS (PARTITION BY site, visitor ORDER BY event_time)),
      numbered AS (
        SELECT *, count(*) FILTER (WHERE is_later)
          OVER (PARTITION BY site, visitor ORDER BY event_time) AS number
        FROM marked)
      SELECT site, min(event_time) AS event_time,
             coalesce(arg_min(path, event_time) FILTER (WHERE type = 'page'), '') AS entry_page,
             coalesce(arg_max(path, event_time) FILTER (WHERE type = 'page'), '') AS exit_page,
             arg_min(referrer_medium, event_time) AS referrer_medium,
             arg_min(referrer_source, event_time) AS referrer_source,
             arg_min(utm_source, event_time) AS utm_source,
             arg_min(utm_medium, event_time) AS utm_medium,
             arg_min(utm_campaign, event_time) AS utm_campaign,
             count(*) FILTER (WHERE type = 'page') AS page_views,
             epoch_ms(max(event_time)) - epoch_ms(min(event_time)) AS duration_ms,
             CASE WHEN count(*) FILTER (WHERE type = 'page') < 2 THEN 1 ELSE 0 END AS bounces
      FROM numbered GROUP BY site, visitor, number
      """;

  private final Connection connection;

  FactDatabase(List<Judged> facts) throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    run(
        "CREATE TABLE events (event_time TIMESTAMP, "
            + String.join(" VARCHAR, ", COLUMNS)
            + " VARCHAR, received_time BIGINT, plan VARCHAR, total DECIMAL(18, 2), size BIGINT)");
    for (Judged fact : facts) {
      add(fact);
    }
    run("CREATE VIEW clicks AS SELECT * FROM events WHERE outcome = 'counted'");
    run("CREATE VIEW rejected AS SELECT * FROM events WHERE outcome <> 'counted'");
    run(SESSIONS);
  }

  private void add(Judged fact) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO events VALUES (" + "?, ".repeat(COLUMNS.size() + 4) + "?)")) {
      insert.setObject(
          1, LocalDateTime.ofInstant(Instant.ofEpochMilli(fact.click().time()), ZoneOffset.UTC));
      int next = 2;
      for (String text : texts(fact)) {
        insert.setString(next++, text);
      }
      JsonNode properties = properties(fact);
      insert.setLong(next++, fact.click().receivedTime());
      insert.setString(next++, text(properties.path("plan")));
      insert.setBigDecimal(next++, number(properties.path("order").path("total"), 2));
      BigDecimal size = number(properties.path("size"), 0);
      insert.setObject(next, size == null ? null : size.longValueExact());
      insert.execute();
    }
  }

  /** In the order of {@link #COLUMNS}. */
  private static List<String> texts(Judged fact) {
    Optional<ClickEvent> event = fact.click().event();
    Optional<Enrichment> found = fact.enrichment();
    return List.of(
        of(event, click -> click.site().value()),
        of(event, click -> click.visitor().value()),
        of(event, click -> click.type().label()),
        of(event, ClickEvent::name),
        of(event, ClickEvent::url),
        of(found, Enrichment::path),
        of(found, Enrichment::country),
        of(found, Enrichment::device),
        of(found, Enrichment::browser),
        of(found, Enrichment::operatingSystem),
        of(found, Enrichment::referrerMedium),
        of(found, Enrichment::referrerSource),
        of(found, Enrichment::utmSource),
        of(found, Enrichment::utmMedium),
        of(found, Enrichment::utmCampaign),
        fact.click().outcome().label(),
        fact.click().reason());
  }

  private static <T> String of(Optional<T> part, Function<T, String> reading) {
    return part.map(reading).orElse("");
  }

  private static JsonNode properties(Judged fact) {
    String text = of(fact.click().event(), ClickEvent::properties);
    try {
      return text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  private static @Nullable String text(JsonNode value) {
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }

  private static @Nullable BigDecimal number(JsonNode value, int decimals) {
    if (!value.isNumber() && !value.isTextual()) {
      return null;
    }
    try {
      return new BigDecimal(value.asText()).setScale(decimals, RoundingMode.HALF_EVEN);
    } catch (NumberFormatException noNumber) {
      return null;
    }
  }

  void make(RandomView view) throws SQLException {
    run(view.table());
  }

  /** The rows, with arrays as lists and times as Millrace has them. For any number of threads. */
  synchronized List<List<Object>> rows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(value(result.getObject(i)));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException failure) {
      throw new SQLException("DuckDB refuses " + sql, failure);
    }
  }

  private static @Nullable Object value(@Nullable Object value) throws SQLException {
    return switch (value) {
      case java.sql.Timestamp time -> time.toLocalDateTime().toInstant(ZoneOffset.UTC).toString();
      case java.sql.Array array -> List.of((Object[]) array.getArray());
      case null -> null;
      default -> value;
    };
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new SQLException("DuckDB refuses " + sql, failure);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
