package io.millrace.views.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.views.JudgedClick;
import io.millrace.views.ViewPlan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be called in a view, each through a fact. */
class FunctionsTest {
  private static final JudgedClick CLICK =
      TestClicks.clickWith(
          "https://Shop.Example:8443/cart2?plan=gold%20%C3%BC&q=a+b&empty=&flag#top",
          """
          {"plan": "gold Ü", "order": {"total": 19.99}, "n": "12", "word": "x9",
           "items": [{"sku": "a"}, {"sku": "b", "n": 3}],
           "json": "{\\"a\\": {\\"b c\\": [1, {\\"d\\": true}, null]}, \\"ü\\": \\"日本\\"}"}
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          UPPER(path)                                                     | /CART2
          LOWER('ÄB')                                                     | äb
          INITCAP('gold plan')                                            | Gold Plan
          TRIM(' x ')                                                     | x
          TRIM(LEADING '/' FROM path)                                     | cart2
          SUBSTRING(path FROM 2 FOR 4)                                    | cart
          SUBSTRING(path, 3)                                              | art2
          LEFT(path, 3)                                                   | /ca
          RIGHT(path, 2)                                                  | t2
          CAST(POSITION('t' IN path) AS VARCHAR)                          | 5
          CAST(CHAR_LENGTH(path) AS VARCHAR)                              | 6
          `path || '?'`                                                   | /cart2?
          CONCAT(path, '-', country)                                      | /cart2-de
          REPLACE(path, 'cart', 'basket')                                 | /basket2
          SPLIT_PART('a/b/c', '/', 2)                                     | b
          SPLIT_PART('a/b/c', '/', 9)                                     | ``
          CASE WHEN STARTS_WITH(path, '/c') AND ENDS_WITH(path, '2') THEN 'y' END | y
          COALESCE(properties['none'], 'none')                            | none
          NULLIF(country, 'de')                                           | ``
          GREATEST('a', country, 'b')                                     | de
          LEAST('a', country)                                             | a
          CAST(ABS(-5) AS VARCHAR)                                        | 5
          CAST(MOD(17, 5) AS VARCHAR)                                     | 2
          CAST(ROUND(SAFE_CAST(properties['order.total'] AS DECIMAL(9, 2))) AS VARCHAR) | 20
          CAST(CAST(CEIL(19.2) AS INTEGER) AS VARCHAR)                    | 20
          CAST(CAST(FLOOR(19.9) AS INTEGER) AS VARCHAR)                   | 19
          CAST(SIGN(-3) AS VARCHAR)                                       | -1
          CAST(EXTRACT(HOUR FROM event_time) AS VARCHAR)                  | 12
          CAST(HOUR(event_time) AS VARCHAR)                               | 12
          CAST(EXTRACT(DOW FROM event_time) AS VARCHAR)                   | 1
          CAST(DAYOFWEEK(event_time) AS VARCHAR)                          | 1
          CAST(DAYOFMONTH(event_time) AS VARCHAR)                         | 1
          CAST(DAYOFYEAR(event_time) AS VARCHAR)                          | 60
          CAST(WEEK(event_time) AS VARCHAR)                               | 9
          CAST(YEAR(event_time) AS VARCHAR)                               | 2026
          CAST(QUARTER(event_time) AS VARCHAR)                            | 1
          CAST(MONTH(event_time) AS VARCHAR)                              | 3
          CAST(MINUTE(event_time) AS VARCHAR)                             | 0
          CAST(SECOND(event_time) AS VARCHAR)                             | 30
          CAST(FLOOR(event_time TO HOUR) AS VARCHAR)                      | 2026-03-01 12:00:00
          CAST(CEIL(event_time TO DAY) AS VARCHAR)                        | 2026-03-02 00:00:00
          CAST(CAST(event_time AS DATE) AS VARCHAR)                       | 2026-03-01
          CAST(LAST_DAY(event_time) AS VARCHAR)                           | 2026-03-31
          CAST(TIMESTAMPADD(DAY, 1, FLOOR(event_time TO DAY)) AS VARCHAR) | 2026-03-02 00:00:00
          CAST(event_time + INTERVAL '1' HOUR AS VARCHAR)                 | 2026-03-01 13:00:30
          CAST(TIMESTAMPDIFF(MINUTE, TIMESTAMP '2026-03-01 11:00:00', event_time) AS VARCHAR) | 60
          CAST(SAFE_CAST(properties['word'] AS INTEGER) AS VARCHAR)       | ``
          CAST(COALESCE(SAFE_CAST(properties['word'] AS INTEGER), -1) AS VARCHAR) | -1
          CAST(COALESCE(TRY_CAST(properties['n'] AS INTEGER), -1) AS VARCHAR) | 12
          CAST(COALESCE(CAST(properties['word'] AS INTEGER), -1) AS VARCHAR) | ``
          CAST(COALESCE(SAFE_CAST(properties['word'] AS DECIMAL(9, 2)), 1.5) AS VARCHAR) | 1.50
          CASE WHEN SAFE_CAST(properties['word'] AS TIMESTAMP) IS NULL THEN 'no time' END | no time
          CASE WHEN SAFE_CAST(properties['word'] AS BIGINT) > 1 THEN 'more' ELSE 'not' END | not
          URL_PROTOCOL(url)                                               | https
          URL_HOST(url)                                                   | shop.example
          CAST(URL_PORT(url) AS VARCHAR)                                  | 8443
          URL_PATH(url)                                                   | /cart2
          URL_QUERY(url)                                                  | plan=gold%20%C3%BC&q=a+b&empty=&flag
          URL_FRAGMENT(url)                                               | top
          URL_PARAMETER(url, 'plan')                                      | gold ü
          URL_PARAMETER(url, 'q')                                         | a b
          COALESCE(URL_PARAMETER(url, 'none'), 'none')                    | none
          URL_DECODE('%E6%97%A5')                                         | 日
          URL_ENCODE('ü b')                                               | %C3%BC+b
          JSON_VALUE(properties['json'], '$.a."b c"[0]')                  | 1
          JSON_VALUE(properties['json'], 'lax $.a["b c"][1].d')           | true
          JSON_VALUE(properties['json'], '$.ü')                           | 日本
          COALESCE(JSON_VALUE(properties['json'], '$.none'), 'none')      | none
          COALESCE(JSON_VALUE(path, '$.a'), 'no JSON')                    | no JSON
          CAST(JSON_VALUE(properties['json'], '$.a."b c"[0]' RETURNING INTEGER) + 1 AS VARCHAR) | 2
          JSON_VALUE(properties, '$.items[1].sku')                        | b
          CAST(JSON_VALUE(properties, '$.items[1].n' RETURNING INTEGER) * 2 AS VARCHAR) | 6
          JSON_QUERY(properties, '$.items[0]')                            | {"sku":"a"}
          CASE WHEN JSON_EXISTS(properties, '$.items[9]') THEN 'y' ELSE 'n' END | n
          JSON_QUERY(properties['json'], '$.a')                           | {"b c":[1,{"d":true},null]}
          CASE WHEN JSON_EXISTS(properties['json'], '$.a."b c"[2]') THEN 'y' ELSE 'n' END | y
          CASE WHEN JSON_EXISTS(properties['json'], '$.a."b c"[3]') THEN 'y' ELSE 'n' END | n
          """)
  void areComputed(String expression, String expected) {
    ViewPlan plan =
        ViewCompiler.compile(
            "CREATE MATERIALIZED VIEW v WITH (groups = 'few') AS SELECT "
                + expression
                + " AS what, COUNT(*) AS n FROM clicks GROUP BY "
                + expression);

    assertThat(plan.dimensions().getFirst().text(CLICK)).isEqualTo(expected);
  }
}
