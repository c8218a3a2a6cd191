package io.millrace.testing.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.config.ConfigLoader;
import io.millrace.server.config.ConfigResult;
import io.millrace.server.config.EffectiveConfig;
import io.millrace.server.config.EffectiveConfig.EffectiveSetting;
import io.millrace.server.config.GivenValue;
import io.millrace.server.config.KafkaConnection;
import io.millrace.server.config.MillraceConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ConfigurationPageTest {
  private static final String GENERAL = "general";
  private static final String NONE = "none";
  private static final GivenValue BROKER =
      GivenValue.flag("--kafka", "kafka.bootstrap.servers", "127.0.0.1:9092");
  private final Page page = Page.read("reference/configuration.md");

  @TestFactory
  Stream<DynamicTest> thePageHasEachSettingOfASectionWithItsDefaultInTheSameOrder() {
    return defaults().entrySet().stream()
        .map(
            section ->
                DynamicTest.dynamicTest(
                    section.getKey(),
                    () -> assertThat(rows(section.getKey())).isEqualTo(section.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> eachSettingHasAMeaning() {
    return defaults().keySet().stream()
        .map(
            section ->
                DynamicTest.dynamicTest(
                    section,
                    () ->
                        assertThat(page.column(2, section, "default", "meaning"))
                            .noneMatch(String::isBlank)));
  }

  @Test
  void theDefaultsCanBeWrittenAsThePageWritesThem() {
    var flags = new ArrayList<GivenValue>(List.of(BROKER));
    defaults()
        .forEach(
            (section, settings) ->
                rows(section).stream()
                    .filter(row -> !row.getLast().equals(NONE))
                    .map(row -> GivenValue.flag("--set", key(section, row), row.getLast()))
                    .forEach(flags::add));

    assertThat(ConfigLoader.parse("page", "", Map.of(), flags).orThrow().config())
        .isEqualTo(MillraceConfig.defaults(KafkaConnection.to("127.0.0.1:9092")));
  }

  @Test
  void theSecretsAreMarked() {
    List<List<String>> marked =
        defaults().keySet().stream()
            .flatMap(
                section ->
                    page.table(section, "default", "meaning").stream()
                        .filter(row -> row.getLast().startsWith("secret"))
                        .map(row -> List.of(section, row.getFirst())))
            .toList();

    assertThat(marked)
        .containsExactly(
            List.of("kafka", "password"),
            List.of("kafka", "ssl.truststore.password"),
            List.of("kafka", "ssl.keystore.password"),
            List.of("kafka", "ssl.keystore.key"),
            List.of("kafka", "ssl.key.password"),
            List.of("security", "admin-token"),
            List.of("security", "cluster-secret"));
    marked.forEach(
        row -> assertThat(canStandInAFile(String.join(".", row))).as(row.toString()).isTrue());
  }

  /** Whether there is the key that names a file; the file itself there is not. */
  private static boolean canStandInAFile(String key) {
    List<GivenValue> flags = List.of(BROKER, GivenValue.flag("--set", key + "-file", "missing"));
    return ConfigLoader.parse("page", "", Map.of(), flags)
            instanceof ConfigResult.Invalid(var problems)
        && problems.stream().anyMatch(problem -> problem.message().startsWith("cannot read"));
  }

  @Test
  void theExampleOfThePageIsAConfiguration() {
    EffectiveConfig effective =
        ConfigLoader.parse("page", page.blocks("yaml").getFirst(), Map.of(), List.of()).orThrow();

    assertThat(effective.config().judge().allowedLateness()).hasHours(24);
  }

  @Test
  void theExampleFileIsAConfigurationThatLacksNothingButThePassword() {
    Path file = Path.of(System.getProperty("basedir", "."), "..", "examples", "millrace.yaml");

    MillraceConfig config =
        ConfigLoader.load(Optional.of(file), Map.of("MILLRACE_KAFKA_PASSWORD", "secret"), List.of())
            .orThrow()
            .config();

    assertThat(config.namespace().name()).isEqualTo("shop");
    assertThat(config.kafka().isEncrypted()).isTrue();
    assertThat(config.processing().rack()).contains("zone-a");
    assertThat(ConfigLoader.load(Optional.of(file), Map.of(), List.of()))
        .isInstanceOfSatisfying(
            ConfigResult.Invalid.class,
            invalid ->
                assertThat(invalid.text())
                    .isEqualTo(
                        "kafka.password: expected, since security.protocol begins with SASL, not"
                            + " set"));
  }

  private List<List<String>> rows(String section) {
    return page.table(section, "default", "meaning").stream()
        .map(row -> row.subList(0, 2))
        .toList();
  }

  private static String key(String section, List<String> row) {
    return section.equals(GENERAL) ? row.getFirst() : section + '.' + row.getFirst();
  }

  /** For each section the names of its settings and their defaults. */
  private static Map<String, List<List<String>>> defaults() {
    var sections = new LinkedHashMap<String, List<List<String>>>();
    for (EffectiveSetting setting : ConfigLoader.defaults()) {
      int dot = setting.key().indexOf('.');
      String section = dot < 0 ? GENERAL : setting.key().substring(0, dot);
      String text = setting.text().isEmpty() ? NONE : setting.text();
      sections
          .computeIfAbsent(section, name -> new ArrayList<>())
          .add(List.of(setting.key().substring(dot + 1), text));
    }
    return sections;
  }
}
