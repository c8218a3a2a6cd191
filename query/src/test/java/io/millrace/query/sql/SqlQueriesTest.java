package io.millrace.query.sql;

import static io.millrace.query.testing.ClickBuilder.aClick;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.EventType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlQueriesTest {
  private final SqlDesk desk =
      new SqlDesk()
          .with(
              aClick().visitor("ada").path("/").counted(),
              aClick().visitor("ada").path("/").counted(),
              aClick().visitor("bob").path("/").country("DE").at("2026-11-01T10:05:10Z").counted(),
              aClick().visitor("bob").path("/a").at("2026-11-01T11:00:00Z").counted(),
              aClick().visitor("eve").path("/a").type(EventType.TRACK).counted(),
              aClick().visitor("eve").path("/b").at("2026-10-31T23:59:59Z").counted(),
              aClick().site("other").visitor("ada").path("/c'est").counted(),
              aClick().site("gone").visitor("ada").path("/c").counted());

  @Test
  void countsRowsByAConditionThatTheScanKnowsOnlyInPart() {
    assertThat(
            desk.rows(
                "SELECT COUNT(*) FROM pages WHERE window_start < TIMESTAMP '2026-11-01 10:00:30'"))
        .isEqualTo(List.of(List.of(4L)));
  }

  @Test
  void aViewIsATableWithARowForEachCell() {
    SqlAnswer answer =
        desk.answer("SELECT * FROM pages WHERE site = 'demo' ORDER BY path, window_start");

    assertThat(answer.columns())
        .containsExactly(
            new SqlAnswer.Column("site", "VARCHAR"),
            new SqlAnswer.Column("window_start", "TIMESTAMP"),
            new SqlAnswer.Column("window_end", "TIMESTAMP"),
            new SqlAnswer.Column("path", "VARCHAR"),
            new SqlAnswer.Column("events", "BIGINT"),
            new SqlAnswer.Column("page_views", "BIGINT"),
            new SqlAnswer.Column("visitors", "SKETCH"));
    assertThat(desk.json("SELECT * FROM pages WHERE site = 'demo' ORDER BY path, window_start"))
        .isEqualTo(
            """
            [["demo","2026-11-01T10:00:00Z","2026-11-01T10:01:00Z","/",2,2,1],\
            ["demo","2026-11-01T10:05:00Z","2026-11-01T10:06:00Z","/",1,1,1],\
            ["demo","2026-11-01T10:00:00Z","2026-11-01T10:01:00Z","/a",1,0,1],\
            ["demo","2026-11-01T11:00:00Z","2026-11-01T11:01:00Z","/a",1,1,1],\
            ["demo","2026-10-31T23:59:00Z","2026-11-01T00:00:00Z","/b",1,1,1]]""");
  }

  @Test
  void seesTheSitesThereAreAndNoOther() {
    assertThat(desk.json("SELECT site, SUM(events) FROM traffic GROUP BY site ORDER BY site"))
        .isEqualTo("[[\"demo\",6],[\"other\",1]]");
  }

  @Test
  void mergesVisitorsAndNeverAddsThem() {
    assertThat(
            desk.json(
                """
                SELECT path, MERGE(visitors) AS visitors, SUM(events) AS events FROM pages
                WHERE site = 'demo' GROUP BY path ORDER BY visitors DESC, path"""))
        .isEqualTo("[[\"/\",2,3],[\"/a\",2,2],[\"/b\",1,1]]");
    assertThat(desk.json("SELECT merge ( visitors ) FROM traffic WHERE site = 'demo'"))
        .isEqualTo("[[3]]");
  }

  @Test
  void mergesEveryKindOfAggregate() {
    assertThat(
            desk.json(
                """
                SELECT MERGE(events), MERGE(first_time), MERGE(last_time), MERGE(time_sum) / 6,
                  MERGE(mean_time), MERGE(times), MERGE(times)['p50'], MERGE(top_types)
                FROM mixed WHERE site = 'demo'"""))
        .isEqualTo(
            """
            [[6,1793491199000,1793530800000,1793521851500,1793521851500,\
            {"p50":1793527200000,"p99":1793530800000},1793527200000,\
            [{"value":"page","count":5},{"value":"track","count":1}]]]""");
  }

  @Test
  void showsWhatSketchesSayInEachRow() {
    assertThat(
            desk.json(
                """
                SELECT VALUE_OF(visitors) + 1, visitors, mean_time, times, top_types
                FROM mixed WHERE path = '/b'"""))
        .isEqualTo(
            """
            [[2,1,1793491199000,{"p50":1793491199000,"p99":1793491199000},\
            [{"value":"page","count":1}]]]""");
  }

  @Test
  void mergesOfNothingAreUnknown() {
    assertThat(
            desk.json(
                "SELECT MERGE(visitors), MERGE(mean_time), MERGE(events) FROM mixed WHERE path = '/x'"))
        .isEqualTo("[[null,null,null]]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT FLOOR(window_start TO DAY) AS d, SUM(events) FROM traffic GROUP BY d ORDER BY d | [["2026-10-31T00:00:00Z",1],["2026-11-01T00:00:00Z",6]]
          SELECT CAST(window_start AS DATE) AS d, SUM(events) FROM traffic GROUP BY 1 ORDER BY 1 | [["2026-10-31",1],["2026-11-01",6]]
          SELECT path FROM pages GROUP BY path HAVING SUM(events) > 2 | [["/"]]
          SELECT path FROM pages GROUP BY path HAVING MERGE(visitors) > 1 ORDER BY path | [["/"],["/a"]]
          SELECT path, MERGE(visitors) AS visitors FROM pages GROUP BY path HAVING MERGE(visitors) > 1 ORDER BY MERGE(visitors), path | [["/",2],["/a",2]]
          SELECT FLOOR(window_start TO DAY) AS window_start, SUM(events) FROM pages GROUP BY FLOOR(window_start TO DAY) ORDER BY window_start DESC LIMIT 1 | [["2026-11-01T00:00:00Z",6]]
          SELECT p.*, events + 1 AS more FROM traffic p WHERE site = 'other' ORDER BY more NULLS FIRST LIMIT 0 | []
          SELECT path, SUM(events) AS events FROM pages GROUP BY path ORDER BY SUM(events) DESC, path LIMIT 1 OFFSET 1 | [["/a",2]]
          SELECT DISTINCT path FROM pages WHERE path LIKE '/_' AND site = 'demo' ORDER BY path | [["/a"],["/b"]]
          SELECT path FROM pages WHERE path ILIKE '/A' GROUP BY path | [["/a"]]
          SELECT path FROM pages WHERE path = '/c''est' | [["/c'est"]]
          SELECT COUNT(*) FROM pages WHERE path IN ('/', '/a') AND site = 'demo' | [[4]]
          SELECT COUNT(DISTINCT path), SUM(events) FROM pages | [[4,7]]
          SELECT AVG(events) FROM pages WHERE path = '/' | [[1.5]]
          SELECT p.path, c.country, p.events FROM pages p JOIN countries c ON p.site = c.site AND p.window_start = c.window_start WHERE c.country = 'DE' | [["/","DE",1]]
          WITH top AS (SELECT path, SUM(events) AS n FROM pages GROUP BY path) SELECT path, RANK() OVER (ORDER BY n DESC) FROM top ORDER BY 2, 1 LIMIT 2 | [["/",1],["/a",2]]
          SELECT path FROM pages WHERE site IN (SELECT site FROM traffic GROUP BY site HAVING SUM(events) < 3) | [["/c'est"]]
          SELECT (SELECT MAX(events) FROM pages), 'x' ¦¦ 'y' | [[2,"xy"]]
          SELECT path FROM pages p WHERE EXISTS (SELECT 1 FROM countries c WHERE c.window_start = p.window_start AND c.country = 'DE') | [["/"]]
          SELECT SUM(events) FROM traffic WHERE window_start >= CURRENT_TIMESTAMP - INTERVAL '2' HOUR AND window_start < CURRENT_DATE + INTERVAL '1' DAY | [[2]]
          SELECT SUM(events) FROM traffic WHERE window_start BETWEEN TIMESTAMP '2026-11-01 10:05:00' AND TIMESTAMP '2026-11-01 11:00:00' | [[2]]
          SELECT SUM(events) FROM traffic WHERE window_start >= '2026-11-01 10:05:00' | [[2]]
          SELECT CURRENT_DATE, CURRENT_TIMESTAMP | [["2026-11-01","2026-11-01T12:00:30Z"]]
          VALUES (1, 'a'), (2, 'ö日') | [[1,"a"],[2,"ö日"]]
          SELECT CASE WHEN path = '/' THEN 'root' ELSE 'x' END AS k, SUM(events) FROM pages GROUP BY 1 ORDER BY 1 | [["root",3],["x",4]]
          SELECT url, clicks FROM url_click_counts WHERE clicks > 2 | [["https://demo.example/",3]]
          SELECT "path" FROM PAGES WHERE Path = '/b'; | [["/b"]]
          SELECT path FROM pages WHERE path = '/a' UNION SELECT country FROM countries WHERE country = 'DE' ORDER BY 1 | [["/a"],["DE"]]
          SELECT site FROM traffic EXCEPT SELECT site FROM pages WHERE path = '/c''est' | [["demo"]]
          SELECT events::VARCHAR, 7 / 2, 7 / 2.0 FROM pages WHERE path = '/b' | [["1",3,3.500000]]
          SELECT GREATEST(1, 3), LEFT('abc', 2), UPPER('ä') | [[3,"ab","Ä"]]
          SELECT SUM(SUM(events)) OVER (ORDER BY path) FROM pages GROUP BY path ORDER BY path | [[3],[5],[6],[7]]
          """)
  void answers(String sql, String rows) {
    assertThat(desk.json(sql.replace('¦', '|'))).isEqualTo(rows);
  }

  @Test
  void saysWhetherThereWereMoreRows() {
    assertThat(desk.answer("SELECT path FROM pages", 2).isTruncated()).isTrue();
    assertThat(desk.answer("SELECT path FROM pages", 2).rows()).hasSize(2);
    assertThat(desk.answer("SELECT path FROM pages", 6).isTruncated()).isFalse();
  }

  @Test
  void namesColumnsAsTheQueryDoes() {
    assertThat(desk.answer("SELECT path AS Page, events FROM pages").columns())
        .extracting(SqlAnswer.Column::name)
        .containsExactly("Page", "events");
  }

  @Test
  void explainsWhatIsRead() {
    List<List<Object>> plan = desk.rows("EXPLAIN PLAN FOR SELECT path FROM pages");

    assertThat(plan.toString()).contains("each cell of grain minute", "columns [path]");
  }
}
