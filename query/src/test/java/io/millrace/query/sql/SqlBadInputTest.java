package io.millrace.query.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.query.error.Position;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlBadInputTest {
  private final SqlDesk desk = new SqlDesk();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT                                                | 1 | 7  | ends too early
          SELECT * FORM pages                                   | 1 | 15 | "pages" is not expected here
          SELECT nothing FROM pages                             | 1 | 8  | Column 'nothing' not found
          SELECT path\\nFROM nothing                            | 2 | 6  | SHOW VIEWS
          SELECT SUM(visitors) FROM pages                       | 1 | 8  | MERGE(visitors)
          SELECT path,\\n  AVG(p.visitors) FROM pages p GROUP BY path | 2 | 3 | MERGE(p.visitors)
          SELECT path FROM pages WHERE visitors > 3             | 1 | 30 | VALUE_OF(
          SELECT path, SUM(events) FROM pages                   | 1 | 8  | not being grouped
          SELECT MERGE(path) FROM pages                         | 1 | 8  | MERGE
          SELECT MERGE(events + 1) FROM pages                   | 1 | 8  | column of a view
          SELECT MERGE(DISTINCT visitors) FROM pages            | 1 | 8  | DISTINCT
          SELECT MERGE(visitors) OVER () FROM pages             | 1 | 8  | OVER
          SELECT nofunction(path) FROM pages                    | 1 | 8  | nofunction
          DROP TABLE pages                                      | 1 | 1  | only queries are answered
          INSERT INTO pages VALUES (1)                          | 1 | 1  | only queries are answered
          DELETE FROM pages                                     | 1 | 1  | only queries are answered
          UPDATE pages SET events = 1                           | 1 | 1  | only queries are answered
          CREATE TABLE x (a INTEGER)                            | 1 | 1  | only queries are answered
          SELECT 1; SELECT 2                                    | 1 | 11 | one query at a time
          SELECT * FROM pages WHERE path = ?                    | 1 | 34 | write the value in place of ?
          SELECT 'abc                                           | 1 | 8  | not closed
          SELECT "abc                                           | 1 | 8  | not closed
          SELECT 1 /* abc                                       | 1 | 10 | not closed
          SELECT /*+ x */ 1                                     | 1 | 8  | no hints
          SELECT CURRENT_USER                                   | 1 | 8  | CURRENT_USER
          SELECT USER                                           | 1 | 8  | USER
          SELECT SYSTEM_USER                                    | 1 | 8  | SYSTEM_USER
          SELECT path FROM pages WHERE path SIMILAR TO 'a'      | 1 | 30 | SIMILAR TO
          SELECT REPLACE(path, '/', 'xx') FROM pages            | 1 | 8  | REPLACE
          SELECT * FROM information_schema.tables               | 1 | 15 | not found
          SELECT * FROM metadata.tables                         | 1 | 15 | not found
          SELECT a FROM (SELECT path AS a, site AS a FROM pages) | 1 | 8 | ambiguous
          SELECT * FROM pages LIMIT -1                          | 1 | 0  | is not expected here
          SELECT # FROM pages                                   | 1 | 8  | Lexical error
          """)
  void isRefusedWithItsPlaceAndAdvice(String sql, int line, int column, String message) {
    QueryException refused = refused(sql.replace("\\n", "\n"));

    assertThat(refused.code()).as(refused.getMessage()).isEqualTo(QueryErrorCode.INVALID_SQL);
    assertThat(refused.getMessage()).contains(message).doesNotContainIgnoringCase("javatype");
    assertThat(refused.position().map(Position::line)).contains(line);
    if (column > 0) {
      assertThat(refused.position().map(Position::column)).contains(column);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n ", ";", "-- nothing", "/* nothing */"})
  void anEmptyTextIsNoQuery(String sql) {
    assertThat(refused(sql).code()).isEqualTo(QueryErrorCode.INVALID_SQL);
    assertThat(refused(sql).position()).isPresent();
  }

  @Test
  void refusesALongTextAtTheFirstCharacterTooMany() {
    QueryException refused = refused("SELECT 1\n--" + "ö".repeat(32 * 1024));

    assertThat(refused.getMessage()).contains("65536 bytes");
    assertThat(refused.position().orElseThrow().line()).isEqualTo(2);
    assertThat(refused("SELECT '" + "x".repeat(1 << 20) + "'").getMessage()).contains("65536");
  }

  @Test
  void refusesWhatIsNestedTooDeep() {
    for (String sql :
        new String[] {
          "SELECT " + "(".repeat(30_000) + "1" + ")".repeat(30_000),
          "SELECT * FROM " + "(SELECT * FROM ".repeat(100) + "pages" + ")".repeat(100),
          "SELECT " + "NOT ".repeat(10_000) + "TRUE",
          "SELECT 1" + " + 1".repeat(10_000),
          "SELECT " + "CASE WHEN TRUE THEN ".repeat(1_000) + "1" + " END".repeat(1_000),
          "SELECT 1" + " UNION ALL SELECT 1".repeat(3_000),
        }) {
      QueryException refused = refused(sql);

      assertThat(refused.code()).isEqualTo(QueryErrorCode.INVALID_SQL);
      assertThat(refused.position()).isPresent();
    }
  }

  /** Whatever is below the limits is answered, or refused as too large; nothing falls over. */
  @Test
  void survivesWhatIsAsLargeAsItMayBe() {
    for (String sql :
        new String[] {
          "SELECT " + "(".repeat(50) + "1" + ")".repeat(50),
          "SELECT " + "NOT ".repeat(1_900) + "TRUE",
          "SELECT 1" + " + 1".repeat(900),
          "SELECT " + "- ".repeat(1_900) + "1",
          "SELECT " + "CASE WHEN TRUE THEN ".repeat(400) + "1" + " END".repeat(400),
          "SELECT path FROM pages WHERE " + "path = '/' OR events = 1 OR ".repeat(200) + "FALSE",
          "SELECT path FROM pages WHERE path IN ("
              + IntStream.range(0, 900)
                  .mapToObj(i -> "'" + i + "'")
                  .collect(Collectors.joining(","))
              + ")",
          "SELECT 1" + " UNION ALL SELECT 1".repeat(300),
        }) {
      try {
        assertThat(desk.rows(sql)).isNotNull();
      } catch (QueryException refused) {
        assertThat(refused.code())
            .as(sql.substring(0, 60))
            .isIn(QueryErrorCode.INVALID_SQL, QueryErrorCode.QUERY_TOO_LARGE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 / 0",
        "SELECT CAST('abc' AS INTEGER)",
        "SELECT events / (events - events) FROM (VALUES (1)) AS t (events)",
      })
  void aValueThatCannotBeComputedIsTheFaultOfWhoAsked(String sql) {
    assertThat(refused(sql).code()).isEqualTo(QueryErrorCode.INVALID_SQL);
    assertThat(refused(sql).getMessage()).contains("cannot be computed");
  }

  private QueryException refused(String sql) {
    return Optional.ofNullable(catchThrowableOfType(QueryException.class, () -> desk.answer(sql)))
        .orElseThrow(() -> new AssertionError("answered: " + sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT SUM(events) OVER (ORDER BY window_start ROWS BETWEEN 200000 PRECEDING AND CURRENT"
            + " ROW) FROM pages",
        "SELECT SUM(events) OVER (ORDER BY window_start RANGE BETWEEN INTERVAL '1' HOUR PRECEDING"
            + " AND CURRENT ROW) FROM pages",
        "SELECT MULTISET(SELECT a.path FROM pages a, pages b)",
        "SELECT ARRAY(SELECT path FROM pages)",
        "SELECT 1 --\r + (((",
      })
  void refusesWhatCouldNotBeStopped(String sql) {
    assertThatThrownBy(() -> desk.rows(sql)).isInstanceOf(QueryException.class);
  }
}
