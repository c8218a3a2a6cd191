package io.millrace.query.answer;

import static io.millrace.query.testing.ClickBuilder.aClick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.model.cell.Grain;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.testing.InMemoryCells;
import io.millrace.query.testing.SettableProgress;
import io.millrace.views.KeptView;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import io.millrace.views.sql.ViewCompiler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Answers of views that have more to them than their cells. */
class ReadTimeAnswersTest {
  private static final String COLUMNS =
      """
      SELECT site, window_start, window_end, path, COUNT(*) AS events,
             COUNT(DISTINCT visitor) AS visitors,
             COUNT(*) * 1.0 / COUNT(DISTINCT visitor) AS per_visitor
      """;
  private static final String GROUPED = " GROUP BY site, window_start, window_end, path ";
  private static final ViewPlan HOPS =
      ViewCompiler.compile(
          "CREATE MATERIALIZED VIEW hops AS "
              + COLUMNS
              + " FROM TABLE(HOP(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1' MINUTE,"
              + " INTERVAL '3' MINUTE))"
              + GROUPED);
  private static final ViewPlan BUSY =
      ViewCompiler.compile(
          "CREATE MATERIALIZED VIEW busy AS "
              + COLUMNS
              + " FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))"
              + GROUPED
              + "HAVING SUM(CHAR_LENGTH(path)) > 1");
  private static final TimeSpan TEN_O_CLOCK =
      new TimeSpan(
          Optional.of(Instant.parse("2026-11-01T10:00:00Z")),
          Optional.of(Instant.parse("2026-11-01T11:00:00Z")));

  private final InMemoryCells cells = new InMemoryCells(new ViewCatalog(List.of(HOPS, BUSY)));

  ReadTimeAnswersTest() {
    cells.add(
        aClick().visitor("ada").counted(),
        aClick().visitor("ada").counted(),
        aClick().visitor("bob").at("2026-11-01T10:01:00Z").counted(),
        aClick().visitor("bob").path("/b").at("2026-11-01T10:01:00Z").counted());
  }

  @Test
  void aSeriesOfTheShortestGrainHasTheWindowsThatHop() {
    ViewQuestion question = question(HOPS, Grain.MINUTE, TEN_O_CLOCK);

    assertThat(csv(question, 1_000))
        .isEqualTo(
            """
            path,time,window_end,events,visitors,per_visitor,final
            /,2026-11-01T10:00:00Z,2026-11-01T10:03:00Z,3,2,1.500000,false
            /b,2026-11-01T10:00:00Z,2026-11-01T10:03:00Z,1,1,1.000000,false
            /,2026-11-01T10:01:00Z,2026-11-01T10:04:00Z,1,1,1.000000,false
            /b,2026-11-01T10:01:00Z,2026-11-01T10:04:00Z,1,1,1.000000,false
            """);
    assertThat(json(question))
        .contains("\"covered_to\":\"2026-11-01T11:02:00Z\"")
        .contains("\"time\":\"2026-11-01T10:00:00Z\",\"window_end\":\"2026-11-01T10:03:00Z\"")
        .contains("\"per_visitor\":{\"kind\":\"computed\"}");
  }

  @Test
  void windowsThatHopReachBackToBeforeTheFirstEvent() {
    assertThat(csv(question(HOPS, Grain.MINUTE, TimeSpan.ALL_TIME), 1_000))
        .contains("/,2026-11-01T09:58:00Z,2026-11-01T10:01:00Z,2,1,2.000000,false\n")
        .contains("/,2026-11-01T09:59:00Z,2026-11-01T10:02:00Z,3,2,1.500000,false\n");
  }

  @Test
  void totalsAndLongerGrainsCountEachEventOnce() {
    assertThat(csv(question(HOPS, Grain.ALL, TEN_O_CLOCK), 1_000))
        .isEqualTo(
            """
            path,events,visitors,per_visitor,final
            /,3,2,1.500000,false
            /b,1,1,1.000000,false
            """);
    assertThat(csv(question(HOPS, Grain.HOUR, TEN_O_CLOCK), 1_000))
        .isEqualTo(
            """
            path,time,events,visitors,per_visitor,final
            /,2026-11-01T10:00:00Z,3,2,1.500000,false
            /b,2026-11-01T10:00:00Z,1,1,1.000000,false
            """);
  }

  @Test
  void mergingIntoWindowsCountsAsReading() {
    QueryException refused =
        catchThrowableOfType(
            QueryException.class, () -> csv(question(HOPS, Grain.MINUTE, TimeSpan.ALL_TIME), 8));

    assertThat(refused.code()).isEqualTo(QueryErrorCode.QUERY_TOO_LARGE);
  }

  /** Of each row of the answer: in a total the groups of the span, in a series their windows. */
  @Test
  void havingIsOfTheRowsOfTheAnswer() {
    assertThat(csv(question(BUSY, Grain.MINUTE, TEN_O_CLOCK), 1_000))
        .isEqualTo(
            """
            path,time,events,visitors,per_visitor,final
            /,2026-11-01T10:00:00Z,2,1,2.000000,false
            /b,2026-11-01T10:01:00Z,1,1,1.000000,false
            """);
    assertThat(csv(question(BUSY, Grain.ALL, TEN_O_CLOCK), 1_000))
        .isEqualTo(
            """
            path,events,visitors,per_visitor,final
            /,3,2,1.500000,false
            /b,1,1,1.000000,false
            """);
    assertThat(json(question(BUSY, Grain.MINUTE, TEN_O_CLOCK))).contains("\"groups\":2");
    cells.add(aClick().path("/").at("2026-11-01T12:00:00Z").counted());
    assertThat(
            json(
                question(
                    BUSY,
                    Grain.ALL,
                    new TimeSpan(
                        Optional.of(Instant.parse("2026-11-01T12:00:00Z")), Optional.empty()))))
        .contains("\"rows\":[]")
        .contains("\"groups\":0");
  }

  private static ViewQuestion question(ViewPlan plan, Grain grain, TimeSpan span) {
    var order =
        grain == Grain.ALL
            ? new RowOrder(new SortKey.ByAggregate(2), true)
            : new RowOrder(new SortKey.ByTime(), false);
    return new ViewQuestion(
        KeptView.builtIn(plan),
        "demo",
        span,
        grain,
        List.of(Set.of()),
        order,
        order,
        OptionalInt.empty(),
        100,
        0);
  }

  private String csv(ViewQuestion question, long maxCells) {
    return new String(CsvAnswerWriter.write(answer(question, maxCells)), StandardCharsets.UTF_8)
        .replace("\r\n", "\n");
  }

  private String json(ViewQuestion question) {
    return new String(JsonAnswerWriter.write(answer(question, 1_000)), StandardCharsets.UTF_8);
  }

  private ViewAnswer answer(ViewQuestion question, long maxCells) {
    return new ViewReader(cells, new SettableProgress(), maxCells, 1_000, Duration.ofMinutes(1))
        .answer(question);
  }
}
