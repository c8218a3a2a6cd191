package io.millrace.query.sql;

import static io.millrace.query.testing.ClickBuilder.aClick;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the functions of views are those of queries, of a column and of a value written out. */
class QueryFunctionsTest {
  private static final String PATH = "/shop/tent?plan=gold%20%C3%BC";
  private final SqlDesk desk = new SqlDesk().with(aClick().path(PATH).counted());

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          URL_PATH(path) => "/shop/tent"
          URL_PARAMETER(path, 'plan') => "gold ü"
          URL_HOST(path) => null
          URL_PORT('http://a:81' || path) + 1 => 82
          SPLIT_PART(path, '/', 2) => "shop"
          REPLACE(path, 'shop', 'store') => "/store/tent?plan=gold%20%C3%BC"
          CONCAT('a', path, 'b') => "a/shop/tent?plan=gold%20%C3%BCb"
          SAFE_CAST(path AS INTEGER) => null
          COALESCE(TRY_CAST(path AS INTEGER), 7) => 7
          SAFE_CAST(SUBSTRING('12', CHAR_LENGTH(path) - 28) AS INTEGER) => 12
          JSON_VALUE('{"a": [1, "' || path || '"]}', '$.a[1]') => "/shop/tent?plan=gold%20%C3%BC"
          JSON_VALUE('{"a": [1, "' || path || '"]}', '$.a[0]' RETURNING INTEGER) + 1 => 2
          JSON_VALUE('{"a": "x"}', '$.a' RETURNING INTEGER) => null
          JSON_QUERY('{"a": [1, "' || path || '"]}', '$.a') => "[1,\\"/shop/tent?plan=gold%20%C3%BC\\"]"
          JSON_EXISTS('{"a": [1, "' || path || '"]}', '$.a[2]') => false
          path LIKE '%s%t%p%ü' OR path LIKE '/shop%C3!%BC' ESCAPE '!' => true
          CAST(ROUND(CAST(CHAR_LENGTH(path) AS DECIMAL(9, 2)) / 7, 1) AS DOUBLE) => 4.1
          """)
  void areComputed(String expression, String expected) {
    String ofAValue = expression.replace("path", "'" + PATH + "'");

    assertThat(desk.json("SELECT " + expression + " FROM pages")).isEqualTo("[[" + expected + "]]");
    assertThat(desk.json("SELECT " + ofAValue)).isEqualTo("[[" + expected + "]]");
  }
}
