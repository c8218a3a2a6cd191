package io.millrace.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.collector.CollectorConfig;
import io.millrace.server.config.ConfigResult.Invalid;
import io.millrace.server.config.ConfigResult.Valid;
import io.millrace.server.instance.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  private static final String BROKERS = "kafka:\n  bootstrap.servers: 127.0.0.1:9092\n";

  @Test
  void withoutAnythingButBrokersEverythingHasItsDefault() {
    assertThat(config(BROKERS))
        .isEqualTo(MillraceConfig.defaults(KafkaConnection.to("127.0.0.1:9092")));
  }

  @Test
  void sectionsCanBeNestedOrWrittenWithDots() {
    MillraceConfig nested = config(BROKERS + "collector:\n  max-events: 7\nhttp:\n  port: 0\n");
    MillraceConfig dotted =
        config("kafka.bootstrap.servers: 127.0.0.1:9092\ncollector.max-events: 7\nhttp.port: 0\n");

    assertThat(nested).isEqualTo(dotted);
    assertThat(nested.collector().maxEvents()).isEqualTo(7);
    assertThat(nested.http().port()).isZero();
  }

  @Test
  void listsAreWrittenAsYamlHasThemOrWithCommas() {
    MillraceConfig list = config(BROKERS + "roles:\n  - collector\n  - query\n");
    MillraceConfig text = config(BROKERS + "roles: collector, query\n");

    assertThat(list.roles()).containsExactlyInAnyOrder(Role.COLLECTOR, Role.QUERY);
    assertThat(text).isEqualTo(list);
  }

  @Test
  void theEnvironmentIsStrongerThanTheFileAndTheCommandLineStronger() {
    var environment = Map.of("MILLRACE_HTTP_PORT", "2", "MILLRACE_JUDGE_ALLOWED_LATENESS", "2h");
    var flags = List.of(GivenValue.flag("--port", "http.port", "3"));

    EffectiveConfig effective =
        ConfigLoader.parse(
                "m.yaml",
                BROKERS + "http.port: 1\njudge.allowed-lateness: 1h\nhttp.host: 127.0.0.2\n",
                environment,
                flags)
            .orThrow();

    assertThat(effective.config().http().port()).isEqualTo(3);
    assertThat(effective.config().judge().allowedLateness()).isEqualTo(Duration.ofHours(2));
    assertThat(effective.config().http().host()).isEqualTo("127.0.0.2");
    assertThat(origin(effective, "http.port")).isEqualTo("option --port");
    assertThat(origin(effective, "judge.allowed-lateness"))
        .isEqualTo("environment MILLRACE_JUDGE_ALLOWED_LATENESS");
    assertThat(origin(effective, "http.host")).isEqualTo("m.yaml:5");
    assertThat(origin(effective, "namespace")).isEqualTo("default");
  }

  @Test
  void allProblemsAreToldAtOnceEachWithItsPlace() {
    String file =
        """
        roles: [collector, cook]
        http:
          port: 70000
          prot: 1
        collector:
          max-events: none
          max-event-bytes: 0
          answer-timeout: 1ms
        queries:
          max-rows: -1
        max-groups: 5
        kafka:
          security.protocol: TLS
          sasl.jaas.config: x
        """;

    List<String> problems =
        problems(
            ConfigLoader.parse(
                "m.yaml",
                file,
                Map.of("MILLRACE_PROCESSING_THREADS", "0", "MILLRACE_HTTP_PROT", "1"),
                List.of(GivenValue.flag("--set", "sessions.inactivity", "0s"))));

    assertThat(problems)
        .containsExactlyInAnyOrder(
            "m.yaml:1: roles: expected some of collector, processor, query, got \"collector,cook\"",
            "m.yaml:3: http.port: expected 0 to 65535, got 70000",
            "m.yaml:4: http.prot: no such setting; did you mean http.port?",
            "m.yaml:6: collector.max-events: expected a whole number, got \"none\"",
            "m.yaml:7: collector.max-event-bytes: expected at least 1, got 0",
            "m.yaml:8: collector.answer-timeout: expected at least 1 s, got PT0.001S",
            "m.yaml:10: queries.max-rows: -1 is less than 1",
            "m.yaml:11: max-groups: no such setting; did you mean queries.max-groups?",
            "m.yaml:13: kafka.security.protocol: expected one of PLAINTEXT, SASL_PLAINTEXT,"
                + " SASL_SSL, SSL, got \"TLS\"",
            "m.yaml:14: kafka.sasl.jaas.config: is refused: it could name any class; give username"
                + " and password instead",
            "kafka.bootstrap.servers: expected HOST:PORT of one or more brokers, not set",
            "environment MILLRACE_PROCESSING_THREADS: processing.threads: expected 1 to 256, got 0",
            "environment MILLRACE_HTTP_PROT: no such setting; did you mean MILLRACE_HTTP_PORT?",
            "option --set: sessions.inactivity: must be above zero, got PT0S");
  }

  @Test
  void aValueThatDoesNotFitADefaultIsToldOnce() {
    assertThat(problems(parse(BROKERS + "collector.max-event-bytes: 600000\n")))
        .containsExactly(
            "collector.max-request-bytes: expected at least max-event-bytes, got 512000");
  }

  @Test
  void whatTheLauncherReadsIsNoProblem() {
    var environment = Map.of("MILLRACE_OPTS", "-Xmx1g", "MILLRACE_KEY", "k", "HOME", "/root");

    assertThat(ConfigLoader.parse("m.yaml", BROKERS, environment, List.of()))
        .isInstanceOf(Valid.class);
  }

  @Test
  void aSettingTwiceIsToldWithBothPlaces() {
    assertThat(problems(parse(BROKERS + "http:\n  port: 1\nhttp.port: 2\n")))
        .containsExactly("m.yaml:5: http.port: set before, at m.yaml:4");
  }

  @Test
  void whatIsNotYamlIsToldWithItsLineAndWithoutItsText() {
    List<String> problems = problems(parse(BROKERS + "  password: \"geheim\n"));

    assertThat(problems)
        .anyMatch(problem -> problem.startsWith("m.yaml:") && problem.contains("not YAML"));
    assertThat(problems).noneMatch(problem -> problem.contains("geheim"));
  }

  @Test
  void sectionsCannotBeRepeatedByReference() {
    assertThat(problems(parse("a: &a {b: 1}\nc: *a\n")))
        .anyMatch(problem -> problem.contains("not YAML"));
  }

  @Test
  void aSecretCanStandInAFileOfItsOwn(@TempDir Path folder) throws IOException {
    Path secret =
        Files.writeString(
            folder.resolve("secret"), "the-secret-of-a-cluster-that-is-long-enough\n");

    EffectiveConfig effective =
        parse(BROKERS + "security:\n  cluster-secret-file: " + secret + "\n").orThrow();

    assertThat(effective.config().security().clusterSecret())
        .contains(new Secret("the-secret-of-a-cluster-that-is-long-enough"));
    assertThat(origin(effective, "security.cluster-secret")).isEqualTo("m.yaml:4, file " + secret);
    assertThat(effective.toString()).doesNotContain("the-secret-of-a-cluster-that-is-long-enough");
  }

  @Test
  void aSecretOfTheEnvironmentIsStrongerThanTheFileThatTheFileNames(@TempDir Path folder)
      throws IOException {
    Path secret =
        Files.writeString(
            folder.resolve("secret"), "the-weaker-secret-that-is-long-enough-for-one");

    ConfigResult result =
        ConfigLoader.parse(
            "m.yaml",
            BROKERS + "security.cluster-secret-file: " + secret + "\n",
            Map.of(
                "MILLRACE_SECURITY_CLUSTER_SECRET",
                "the-stronger-secret-that-is-long-enough-for-one"),
            List.of());

    assertThat(result.orThrow().config().security().clusterSecret())
        .contains(new Secret("the-stronger-secret-that-is-long-enough-for-one"));
  }

  @Test
  void aSecretIsInNoProblem(@TempDir Path folder) {
    String file =
        BROKERS
            + "security.cluster-secret: geheim\n"
            + "security.cluster-secret-file: "
            + folder.resolve("missing")
            + "\n";

    List<String> problems = problems(parse(file));

    assertThat(problems)
        .containsExactly(
            "m.yaml:4: security.cluster-secret-file: cannot read the file \""
                + folder.resolve("missing")
                + '"',
            "m.yaml:3: security.cluster-secret: has 6 bytes, and needs at least 32 that nobody can guess; make one with: openssl rand -base64 48");
  }

  @Test
  void aFileThatIsMissingIsAProblem(@TempDir Path folder) {
    Path missing = folder.resolve("missing.yaml");

    assertThat(problems(ConfigLoader.load(Optional.of(missing), Map.of(), List.of())))
        .contains("cannot read " + missing + ": NoSuchFileException");
  }

  @Test
  void aFileWithoutAnEndIsNotReadToIt() {
    Path endless = Path.of("/dev/zero");
    assumeThat(endless).exists();

    assertThat(problems(ConfigLoader.load(Optional.of(endless), Map.of(), List.of())))
        .contains("/dev/zero: expected at most 1 MiB");
    assertThat(problems(parse(BROKERS + "security.cluster-secret-file: /dev/zero\n")))
        .containsExactly(
            "m.yaml:3: security.cluster-secret-file: expected a file of at most 1 MiB");
  }

  @Test
  void aNameWithoutAValueSetsNothing() {
    assertThat(config(BROKERS + "collector:\njudge:\n  allowed-future:\n").collector())
        .isEqualTo(CollectorConfig.DEFAULTS);
  }

  private static MillraceConfig config(String file) {
    return parse(file).orThrow().config();
  }

  private static ConfigResult parse(String file) {
    return ConfigLoader.parse("m.yaml", file, Map.of(), List.of());
  }

  private static List<String> problems(ConfigResult result) {
    return switch (result) {
      case Valid valid -> throw new AssertionError("valid: " + valid);
      case Invalid(List<ConfigProblem> problems) ->
          problems.stream().map(ConfigProblem::text).toList();
    };
  }

  private static String origin(EffectiveConfig effective, String key) {
    return effective.settings().stream()
        .filter(setting -> setting.key().equals(key))
        .findFirst()
        .orElseThrow()
        .origin()
        .text();
  }
}
