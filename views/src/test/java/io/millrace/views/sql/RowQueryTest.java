package io.millrace.views.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.ClickEvent;
import io.millrace.model.EnrichedClick;
import io.millrace.model.Enrichment;
import io.millrace.model.EventType;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.views.JudgedClick;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowQueryTest {
  private static final long NOON = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();

  @Test
  void makesARowOfEachClick() {
    RowQuery query =
        RowQuery.compile(
            """
            SELECT event_time, path, UPPER(country) AS land, properties['plan'] AS plan,
              CAST(properties['order.total'] AS DECIMAL(9, 2)) * 2 AS twice,
              CHAR_LENGTH(path) > 3 AS is_long, properties['nothing'] AS nothing, 1 AS one
            FROM clicks
            """);

    assertThat(query.columns())
        .extracting(RowQuery.Column::name)
        .containsExactly(
            "event_time", "path", "land", "plan", "twice", "is_long", "nothing", "one");
    assertThat(query.columns())
        .extracting(RowQuery.Column::type)
        .containsExactly(
            "TIMESTAMP",
            "VARCHAR",
            "VARCHAR",
            "VARCHAR",
            "DECIMAL",
            "BOOLEAN",
            "VARCHAR",
            "INTEGER");
    assertThat(query.row(click()).orElseThrow())
        .containsExactly(
            "2026-11-22T12:00:00Z",
            "/cart2",
            "DE",
            "gold Ü",
            new BigDecimal("39.98"),
            true,
            null,
            1);
  }

  @Test
  void leavesOutWhatTheConditionDoesNotHoldFor() {
    assertThat(RowQuery.compile("SELECT path FROM clicks WHERE country = 'de'").row(click()))
        .isPresent();
    assertThat(RowQuery.compile("SELECT path FROM clicks WHERE country = 'fr'").row(click()))
        .isEmpty();
    assertThat(
            RowQuery.compile("SELECT path FROM clicks WHERE properties['nothing'] = 'x'")
                .row(click()))
        .isEmpty();
  }

  @Test
  void aStarIsEveryColumnWithAllProperties() {
    RowQuery query = RowQuery.compile("SELECT * FROM clicks");

    List<Object> row = query.row(click()).orElseThrow();

    assertThat(query.columns()).last().isEqualTo(new RowQuery.Column("properties", "VARCHAR"));
    assertThat(row).hasSameSizeAs(query.columns());
    assertThat(row.getLast()).asString().startsWith("{").contains("order");
  }

  @Test
  void subqueriesThatDoNotGroupAreFine() {
    RowQuery query =
        RowQuery.compile(
            "SELECT p || '!' AS q FROM (SELECT path AS p FROM clicks WHERE country = 'de') WHERE p"
                + " LIKE '/c%'");

    assertThat(query.row(click()).orElseThrow()).containsExactly("/cart2!");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT pth FROM clicks                              | 1 |  8 | Column 'pth' not found
          SELECT path + 1 FROM clicks                         | 1 |  8 | Cannot apply '+'
          SELECT COUNT(*) FROM clicks                         | 1 | 22 | one by one
          SELECT DISTINCT path FROM clicks                    | 1 | 27 | one by one
          SELECT path FROM clicks ORDER BY path               | 1 | 25 | order of the log
          SELECT path FROM clicks LIMIT 3                     | 1 | 18 | last word
          SELECT a.path FROM clicks a JOIN clicks b ON a.path = b.path | 1 | 29 | alone
          SELECT path FROM clicks UNION ALL SELECT url FROM clicks     | 1 | 1 | alone
          SELECT ROW_NUMBER() OVER (ORDER BY path) FROM clicks | 1 | 8 | click alone
          SELECT path FROM sessions                           | 1 | 18 | 'sessions' not found
          SELECT CURRENT_TIMESTAMP FROM clicks                | 1 |  8 | CURRENT_TIMESTAMP
          SELECT CARDINALITY(properties) FROM clicks          | 1 |  8 | one of the properties
          SELECT path FROM clicks WHERE path IN (SELECT url FROM clicks) | 1 | 18 | another query
          SELECT path FROM                                    | 1 | 13 | FROM
          """)
  void saysWhereAQueryIsWrong(String sql, int line, int column, String message) {
    assertThatThrownBy(() -> RowQuery.compile(sql))
        .isInstanceOfSatisfying(
            SqlException.class,
            wrong -> {
              assertThat(wrong).hasMessageContaining(message);
              assertThat(wrong.position()).isEqualTo(new SqlException.Position(line, column));
            });
  }

  private static JudgedClick click() {
    var event =
        new ClickEvent(
            "id",
            new SiteId("demo"),
            new VisitorId("v"),
            EventType.TRACK,
            "purchase",
            "http://demo/cart2",
            "",
            "",
            "",
            "",
            NOON,
            0,
            0,
            NOON,
            "",
            "",
            "",
            "",
            "{\"plan\":\"gold Ü\",\"order\":{\"total\":19.99},\"nothing\":null}",
            false);
    var enrichment =
        new Enrichment(
            "demo", "/cart2", "de", "Phone", "Firefox", "Android", "", "direct", "", "", "", "", "",
            "");
    return JudgedClick.counted(new EnrichedClick(event, enrichment), 3, 7, NOON);
  }
}
