package io.millrace.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigTextTest {
  private static final String FILE =
      """
      roles: collector,query
      data: "/var/lib/a \\"b\\" #c: \\\\d \\u2603\\n"
      namespace: "null"
      kafka:
        bootstrap.servers: "kafka-1:9092,[::1]:9092"
        security.protocol: SASL_SSL
        username: millrace
      http.limits:
        max-connections: 77
      collector:
        trusted-proxies: 10.0.0.0/8
      """;
  private static final Map<String, String> SECRETS =
      Map.of(
          "MILLRACE_KAFKA_PASSWORD", "geheim-1",
          "MILLRACE_SECURITY_CLUSTER_SECRET", "geheim-2-geheim-2-geheim-2-geheim-2");

  @Test
  void whatIsPrintedIsReadAsTheSame() {
    EffectiveConfig first = load(FILE);

    EffectiveConfig second = load(ConfigText.of(first.settings()));

    assertThat(second.config()).isEqualTo(first.config());
    assertThat(first.config().data().toString()).isEqualTo("/var/lib/a \"b\" #c: \\d ☃");
  }

  @Test
  void eachSettingIsThereWithItsOrigin() {
    String text = ConfigText.of(load(FILE).settings());

    assertThat(text.lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "roles: collector,query # m.yaml:1",
            "# geo-file: # not set",
            "http:",
            " port: 8080 # default",
            " limits.max-connections: 77 # m.yaml:9",
            " # password: (secret) # environment MILLRACE_KAFKA_PASSWORD");
  }

  @Test
  void itHasNoSecret() {
    assertThat(ConfigText.of(load(FILE).settings())).doesNotContain("geheim");
  }

  private static EffectiveConfig load(String text) {
    return ConfigLoader.parse("m.yaml", text, SECRETS, List.of()).orThrow();
  }
}
