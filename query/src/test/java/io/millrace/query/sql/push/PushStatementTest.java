package io.millrace.query.sql.push;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushStatementTest {

  @Test
  void isToldByItsLastWords() {
    PushStatement push =
        PushStatement.of("SELECT a -- EMIT\nFROM pages /* x */ emit\n changes LIMIT 12 ;")
            .orElseThrow();

    assertThat(push.select()).isEqualTo("SELECT a -- EMIT\nFROM pages /* x */ ");
    assertThat(push.limit()).hasValue(12);
    assertThat(push.source()).isEqualTo("pages");
    assertThat(push.isOfClicks()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT path FROM clicks EMIT CHANGES",
        "SELECT path FROM \"clicks\" WHERE path = 'EMIT' EMIT CHANGES;",
        "select path from CLICKS c emit changes"
      })
  void clicksAreToldFromViews(String sql) {
    assertThat(PushStatement.of(sql).orElseThrow().isOfClicks()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SELECT 1",
        "SELECT emit changes FROM pages",
        "SELECT 'x FROM y EMIT CHANGES",
        "SELECT a FROM pages WHERE b = 'EMIT CHANGES'",
        "SELECT a FROM pages -- EMIT CHANGES",
        "SELECT a FROM pages /* EMIT CHANGES",
        "SELECT \"EMIT\" CHANGES FROM pages",
        "DROP VIEW emit"
      })
  void nothingElseIsOne(String sql) {
    assertThat(PushStatement.of(sql)).isEmpty();
  }
}
