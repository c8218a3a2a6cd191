package io.millrace.query.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Short queries that would make numbers, texts or lists without end. Each is refused, or answered
 * with little; nothing can stop a number that is being written out once it has begun.
 */
class ExplodingQueryTest {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String HUGE = "1E600000000";
  private static final int STEPS = 6;

  private final SqlDesk desk = new SqlDesk();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT CAST('1E600000000' AS DECIMAL(19, 2))",
        "SELECT CAST('1E-600000000' AS DECIMAL(38, 38))",
        "SELECT '1E600000000'::DECIMAL(19, 2)",
        "SELECT CAST('1E600000000' AS BIGINT)",
        "SELECT 1E600000000",
        "SELECT CAST(1 AS DECIMAL(5, 2)) + '1E600000000'",
        "SELECT a + '1E600000000' FROM (VALUES (1)) AS t (a)",
        "SELECT a FROM (VALUES (1)) AS t (a) WHERE a = '1E600000000'",
        "SELECT CAST(a AS DECIMAL(9, 2)) FROM (VALUES ('1E600000000'), ('2')) AS t (a)",
        "SELECT a FROM (VALUES (1)) AS t (a) WHERE a > (SELECT CAST('1E600000000' AS DECIMAL(9, 2)))",
      })
  void aTextIsNoNumberThatCannotBeWrittenOut(String sql) {
    assertThat(refused(sql, List.of()).code()).isEqualTo(QueryErrorCode.INVALID_SQL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT SAFE_CAST('1E600000000' AS DECIMAL(19, 2))",
        "SELECT TRY_CAST('1E600000000' AS DECIMAL(19, 2))",
        "SELECT SUM(SAFE_CAST(a AS DECIMAL(9, 2))) FROM (VALUES ('1E600000000'), ('x')) AS t (a)",
        "SELECT JSON_VALUE('{\"a\":1E600000000}', '$.a' RETURNING DECIMAL(9, 2))",
        "SELECT JSON_VALUE('{\"a\":\"1E-600000000\"}', '$.a' RETURNING DECIMAL(9, 2))",
      })
  void aSafeCastOfItIsNull(String sql) {
    assertTimeoutPreemptively(
        SOON, () -> assertThat(desk.rows(sql)).hasSize(1).allSatisfy(this::isNull));
  }

  private void isNull(List<Object> row) {
    assertThat(row).containsOnlyNulls();
  }

  @Test
  void numbersThatAreWrittenWithExponentsAreReadAsBefore() {
    assertThat(
            desk.json(
                "SELECT CAST(' 1.5E3 ' AS DECIMAL(9, 2)), SAFE_CAST('-2e-1' AS DECIMAL(9, 1))"))
        .isEqualTo("[[1500.00,-0.2]]");
  }

  @Test
  void aParameterIsNoLongerThanANumberIs() {
    for (Object value : List.of(HUGE, "1E-600000000", new BigDecimal(HUGE), "9".repeat(60_000))) {
      for (String sql :
          List.of(
              "SELECT CAST(? AS DECIMAL(19, 2)) AS a",
              "SELECT CAST(CAST(? AS VARCHAR) AS DECIMAL(19, 2)) AS a")) {
        QueryException refused = refused(sql, List.of(value));

        assertThat(refused.code()).isEqualTo(QueryErrorCode.INVALID_SQL);
        assertThat(refused.getMessage()).hasSizeLessThan(1_000);
      }
    }
  }

  /** Each of the steps makes twice as much of what the one before has made. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          x * x         ; CAST(1234567890123456789.25 AS DECIMAL(38, 2))
          x / (1 / x)   ; CAST(1234567890123456789.25 AS DECIMAL(38, 2))
          ROUND(x * x, 2) ; CAST(1234567890123456789.25 AS DECIMAL(38, 2))
          x || x ; X'00FF'
          x || x ; ARRAY[1, 2]
          ARRAY[x, x]   ; ARRAY[1, 2]
          MULTISET[x, x] ; MULTISET[1, 2]
          x MULTISET UNION ALL x ; MULTISET[1, 2]
          """)
  void whatDoublesWithEachStepIsRefused(String step, String start) {
    var sql =
        new StringBuilder("WITH t0 AS (SELECT " + start + " AS x0 FROM (VALUES 1, 2) AS t (a))");
    for (int i = 1; i <= STEPS; i++) {
      String made = step.replaceAll("\\bx\\b", "x" + (i - 1));
      sql.append(", t%d AS (SELECT %s AS x%d FROM t%d)".formatted(i, made, i, i - 1));
    }
    sql.append(" SELECT * FROM t" + STEPS);

    assertThat(refused(sql.toString(), List.of()).code())
        .isIn(QueryErrorCode.INVALID_SQL, QueryErrorCode.QUERY_TOO_LARGE);
  }

  private QueryException refused(String sql, List<?> parameters) {
    return assertTimeoutPreemptively(
        SOON,
        () ->
            Optional.ofNullable(
                    catchThrowableOfType(QueryException.class, () -> desk.answer(sql, parameters)))
                .orElseThrow(() -> new AssertionError("answered: " + sql)));
  }
}
