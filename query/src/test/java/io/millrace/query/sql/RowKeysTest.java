package io.millrace.query.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.views.ViewCatalog;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowKeysTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT path, SUM(events) FROM pages GROUP BY path                        | 0
          SELECT SUM(events) AS n, p.path FROM pages AS p GROUP BY p.path          | 1
          SELECT UPPER(path) AS u, SUM(events) FROM pages GROUP BY UPPER(path)     | 0
          SELECT UPPER(path) AS u, SUM(events) FROM pages GROUP BY u               | 0
          SELECT path, site, SUM(events) FROM pages GROUP BY 2, 1                  | 0 1
          SELECT SUM(events) FROM pages GROUP BY path                              | none
          SELECT SUM(events) FROM pages WHERE path = '/' GROUP BY path             | only
          SELECT SUM(events), MERGE(visitors) FROM traffic                         | only
          SELECT * FROM traffic                                                    | 0 1
          SELECT window_start, events FROM traffic WHERE site = 'demo'             | 0
          SELECT window_start, events FROM traffic WHERE site = 'demo' OR events > 1 | none
          SELECT events FROM traffic                                               | none
          SELECT site, window_start, SUM(events) OVER () AS n FROM traffic         | 0 1
          SELECT DISTINCT path FROM pages                                          | none
          SELECT path, SUM(events) FROM pages GROUP BY ROLLUP(path)                | none
          SELECT a.site, a.window_start FROM traffic a JOIN traffic b ON a.site = b.site | none
          SELECT path, SUM(events) AS n FROM pages GROUP BY path ORDER BY n DESC LIMIT 3 | 0
          """)
  void tellsWhatRowsAreToldApartBy(String sql, String expected) {
    String keys =
        RowKeys.of(SqlText.of(sql), ViewCatalog.builtIn())
            .map(
                columns ->
                    columns.isEmpty()
                        ? "only"
                        : columns.stream()
                            .sorted()
                            .map(String::valueOf)
                            .collect(Collectors.joining(" ")))
            .orElse("none");

    assertThat(keys).isEqualTo(expected);
  }
}
