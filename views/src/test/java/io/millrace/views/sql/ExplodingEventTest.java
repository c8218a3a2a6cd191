package io.millrace.views.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.millrace.views.Aggregate;
import io.millrace.views.JudgedClick;
import io.millrace.views.Measure;
import io.millrace.views.ViewPlan;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Anyone who sees a page can send an event of a few characters that are a number of a milliard of
 * digits. The thread that wrote such a number out would never come back, and no event after it.
 */
class ExplodingEventTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final JudgedClick CLICK =
      TestClicks.clickWith(
          "https://shop.example/?n=1E600000000",
          """
          {"n": 1E600000000, "text": "1E600000000", "small": "-1E-600000000",
           "long": "%s"}
          """
              .formatted("9".repeat(20_000)));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SAFE_CAST(properties['text'] AS DECIMAL(12, 2))",
        "TRY_CAST(properties['n'] AS DECIMAL(12, 2))",
        "SAFE_CAST(properties['small'] AS DECIMAL(12, 2))",
        "SAFE_CAST(properties['long'] AS DECIMAL(12, 2))",
        "CAST(properties['text'] AS DECIMAL(12, 2)) + 0",
        "CAST(CAST(properties['text'] AS DECIMAL(38, 20)) AS DECIMAL(12, 2))",
        "CAST(URL_PARAMETER(url, 'n') AS DECIMAL(12, 2))",
        "SAFE_CAST(URL_PARAMETER(url, 'n') AS DECIMAL(12, 2))",
        "JSON_VALUE(properties, '$.text' RETURNING DECIMAL(12, 2))",
        "CAST(JSON_VALUE(properties, '$.n') AS DECIMAL(12, 2))",
        "CAST(properties['text'] AS BIGINT)",
        "SAFE_CAST(properties['text'] AS INTEGER)",
      })
  void hasNoValueThere(String number) {
    assertTimeoutPreemptively(SOON, () -> assertThat(sum(number)).isEmpty());
  }

  private static OptionalLong sum(String number) {
    ViewPlan plan =
        ViewCompiler.compile(
            "CREATE MATERIALIZED VIEW v AS SELECT site, SUM("
                + number
                + ") AS s FROM clicks GROUP BY site");
    Measure measure = ((Aggregate.SumOf) plan.aggregates().getFirst()).measure();
    return measure.amount(CLICK);
  }
}
