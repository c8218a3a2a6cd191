package io.millrace.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds of every setting there is, so that a new one needs no test of its own for it. */
class SettingsTest {
  private static final KafkaConnection KAFKA = KafkaConnection.to("127.0.0.1:9092");
  private static final MillraceConfig DEFAULTS = MillraceConfig.defaults(KAFKA);
  private static final List<Setting> SETTINGS = SectionShape.of("", DEFAULTS).settings();

  /** For each setting another value than its default, which goes with all others of these. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("roles", "query"),
          Map.entry("namespace", "other"),
          Map.entry("data", "/var/lib/other"),
          Map.entry("geo-file", "/usr/share/other.mmdb"),
          Map.entry("topics.click-partitions", "48"),
          Map.entry("topics.rollup-partitions", "36"),
          Map.entry("topics.replication-factor", "2"),
          Map.entry("topics.retention", "100h"),
          Map.entry("http.host", "0.0.0.0"),
          Map.entry("http.advertised-url", "https://processor-a.example:8443"),
          Map.entry("collector.events-path", "/other/events"),
          Map.entry("collector.pixel-path", "/other/pixel"),
          Map.entry("collector.script-path", "/other/script"),
          Map.entry("collector.trusted-proxies", "10.0.0.0/8,192.168.1.1/32"),
          Map.entry("processing.group-protocol", "streams"),
          Map.entry("processing.instance-id", "processor-b"),
          Map.entry("processing.rack", "rack-b"),
          Map.entry("security.access", "tokens"),
          Map.entry("security.admin-token", "another-token-of-an-administrator-0001"),
          Map.entry("security.cluster-secret", "another-secret-of-a-cluster-long-enough"));

  @TestFactory
  Stream<DynamicTest> eachSettingCanBeSetToAnotherValue() {
    return SETTINGS.stream()
        .filter(SettingsTest::standsAlone)
        .map(
            setting ->
                DynamicTest.dynamicTest(
                    setting.key(),
                    () -> {
                      MillraceConfig changed = config(List.of(flag(setting)));

                      assertThat(changed).isNotEqualTo(DEFAULTS);
                      assertThat(config(List.of(flag(setting, setting.standard()))))
                          .isEqualTo(DEFAULTS);
                    }));
  }

  @Test
  void allSettingsCanBeSetAtOnceAndEachIsReadAsItIsWritten() {
    List<GivenValue> all =
        SETTINGS.stream()
            .filter(SettingsTest::standsAlone)
            .map(SettingsTest::flag)
            .collect(Collectors.toCollection(ArrayList::new));

    Map<String, String> written =
        SectionShape.of("", config(all)).settings().stream()
            .collect(Collectors.toMap(Setting::key, Setting::standard));

    all.forEach(value -> assertThat(written).containsEntry(value.key(), value.text()));
  }

  @Test
  void eachSettingHasAVariableOfTheEnvironmentForItselfAlone() {
    assertThat(SETTINGS.stream().map(setting -> Setting.variable(setting.key())))
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(EnvironmentSettings.OTHERS);
  }

  /** Kafka's settings, and those of TLS, depend on each other, and have tests of their own. */
  private static boolean standsAlone(Setting setting) {
    return !setting.key().startsWith("kafka.")
        && !setting.key().startsWith("http.tls.")
        // Which groups of the other protocol do not have.
        && !setting.key().equals("processing.instance-id");
  }

  private static GivenValue flag(Setting setting) {
    String other = OTHERS.get(setting.key());
    return flag(setting, other == null ? changed(setting.standard()) : other);
  }

  /** Numbers and durations get a little larger, which all of them can. */
  private static String changed(String text) {
    if (text.matches("\\d+")) {
      return Long.toString(Long.parseLong(text) + 1);
    }
    return DurationText.of(DurationText.parse(text).plusMillis(100));
  }

  private static GivenValue flag(Setting setting, String text) {
    return GivenValue.flag("--set", setting.key(), text);
  }

  private static MillraceConfig config(List<GivenValue> flags) {
    return ConfigLoader.parse("m.yaml", "kafka.bootstrap.servers: 127.0.0.1:9092", Map.of(), flags)
        .orThrow()
        .config();
  }
}
