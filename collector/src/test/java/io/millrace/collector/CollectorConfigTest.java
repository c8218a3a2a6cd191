package io.millrace.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.collector.sender.AddressBlock;
import io.millrace.collector.sender.TrustedProxies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectorConfigTest {
  @Test
  void withoutSettingsTheDefaultsHold() {
    assertThat(CollectorConfig.of(Map.of())).isEqualTo(CollectorConfig.DEFAULTS);
  }

  @Test
  void everySettingIsRead() {
    assertThat(
            CollectorConfig.of(
                Map.ofEntries(
                    Map.entry("events-path", "/e"),
                    Map.entry("pixel-path", "/p.gif"),
                    Map.entry("script-path", "/s.js"),
                    Map.entry("max-event-bytes", "1"),
                    Map.entry("max-request-bytes", "2"),
                    Map.entry("max-events", "3"),
                    Map.entry("body-timeout", "4s"),
                    Map.entry("answer-timeout", "PT2.5S"),
                    Map.entry("buffer-memory", "5000000"),
                    Map.entry("max-in-flight-bytes", "6"),
                    Map.entry("retry-after", "7s"),
                    Map.entry("trusted-proxies", "10.0.0.0/8, ::1"),
                    Map.entry("max-future", "8m"),
                    Map.entry("max-requests-per-address", "9"),
                    Map.entry("max-events-per-key", "10"))))
        .isEqualTo(
            new CollectorConfig(
                "/e",
                "/p.gif",
                "/s.js",
                1,
                2,
                3,
                Duration.ofSeconds(4),
                Duration.ofMillis(2_500),
                5_000_000,
                6,
                Duration.ofSeconds(7),
                new TrustedProxies(
                    List.of(AddressBlock.parse("10.0.0.0/8"), AddressBlock.parse("::1"))),
                Duration.ofMinutes(8),
                9,
                10));
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    assertThatThrownBy(
            () ->
                CollectorConfig.of(
                    Map.of(
                        "max-events", "many",
                        "max-future", "soon",
                        "trusted-proxies", "10.0.0.0/33",
                        "max-evnts", "1")))
        .hasMessageContainingAll(
            "max-events", "many", "max-future", "trusted-proxies", "max-evnts");
  }

  @ParameterizedTest
  @CsvSource({
    "events-path,v1",
    "events-path,/{id}",
    "max-event-bytes,0",
    "max-request-bytes,100",
    "max-events,0",
    "answer-timeout,0.5s",
    "buffer-memory,1000",
    "max-in-flight-bytes,1000",
    "retry-after,0.5s",
    "max-future,-1s"
  })
  void aValueThatCannotBeIsNamedWithItsKey(String key, String value) {
    assertThatThrownBy(() -> CollectorConfig.of(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(key + ":");
  }
}
