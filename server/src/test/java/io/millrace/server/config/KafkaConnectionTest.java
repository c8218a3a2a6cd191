package io.millrace.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaConnectionTest {
  private static final String SERVERS = "kafka-1:9093,[::1]:9093";

  @Test
  void brokersAloneAreReachedWithoutAnyLogin() {
    KafkaConnection connection = KafkaConnection.to(SERVERS);

    assertThat(connection.toMap()).containsExactly(Map.entry("bootstrap.servers", SERVERS));
    assertThat(connection.isEncrypted()).isFalse();
  }

  @Test
  void aLoginWithANameAndAPasswordIsScram() {
    KafkaConnection connection = KafkaConnection.of(login("SASL_SSL", "millrace", "geheim"));

    assertThat(connection.toMap())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
        .doesNotContainKeys("username", "password");
    assertThat(connection.isEncrypted()).isTrue();
    assertThat(entry(connection).getLoginModuleName())
        .isEqualTo("org.apache.kafka.common.security.scram.ScramLoginModule");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "with \"quotes\" and \\backslashes\\",
        "\";other.Module required x=\"",
        "\\",
        "a'b;c=d # e // f /* g */",
        "pässwörd ☃ \uD83D\uDE00",
        "100% ${file:/etc/passwd} {x}"
      })
  void kafkaReadsTheNameAndThePasswordAsTheyAre(String text) {
    Map<String, ?> options =
        entry(KafkaConnection.of(login("SASL_SSL", text, text + '!'))).getOptions();

    assertThat(options.get("username")).isEqualTo(text);
    assertThat(options.get("password")).isEqualTo(text + '!');
    assertThat(options).hasSize(2);
  }

  @Test
  void whatIsPrintedHasNoSecret() {
    var settings = new HashMap<>(login("SASL_SSL", "millrace", "geheim-1"));
    settings.put("ssl.keystore.key", "geheim-2");
    settings.put("ssl.keystore.certificate.chain", "chain");
    settings.put("ssl.key.password", "geheim-3");

    assertThat(KafkaConnection.of(settings).toString())
        .contains("security.protocol=SASL_SSL", "sasl.jaas.config=(secret)")
        .doesNotContain("geheim");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sasl.jaas.config",
        "sasl.oauthbearer.token.endpoint.url",
        "sasl.oauthbearer.jwks.endpoint.url",
        "sasl.login.callback.handler.class",
        "sasl.client.callback.handler.class",
        "ssl.engine.factory.class",
        "security.providers",
        "config.providers",
        "interceptor.classes",
        "metric.reporters",
        "ssl.endpoint.identification.algorithm",
        "acks",
        "transactional.id",
        "isolation.level",
        "boostrap.servers"
      })
  void whatIsNotListedIsRefused(String key) {
    assertThatThrownBy(
            () -> KafkaConnection.of(Map.of("bootstrap.servers", SERVERS, key, "geheim")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(key + ": ")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void certificatesArePemWhereNobodySaysOtherwise() {
    KafkaConnection connection =
        KafkaConnection.of(
            Map.of(
                "bootstrap.servers", SERVERS,
                "security.protocol", "SSL",
                "ssl.truststore.location", "/etc/millrace/ca.pem",
                "ssl.keystore.location", "/etc/millrace/collector.pem"));

    assertThat(connection.toMap())
        .containsEntry("ssl.truststore.type", "PEM")
        .containsEntry("ssl.keystore.type", "PEM");
  }

  @Test
  void whatTheProtocolHasNoUseForIsRefused() {
    assertThat(
            problems(
                Map.of(
                    "bootstrap.servers", SERVERS,
                    "username", "millrace",
                    "ssl.truststore.location", "/etc/millrace/ca.pem")))
        .containsExactly(
            "username: needs the security.protocol SASL_SSL or SASL_PLAINTEXT, which is PLAINTEXT",
            "ssl.truststore.location: needs the security.protocol SSL or SASL_SSL, which is"
                + " PLAINTEXT");
  }

  @Test
  void aPasswordDoesNotGoReadableOverTheNetwork() {
    var settings = new HashMap<>(login("SASL_PLAINTEXT", "millrace", "geheim"));
    settings.put("sasl.mechanism", "PLAIN");

    assertThat(problems(settings))
        .containsExactly(
            "sasl.mechanism: PLAIN would send the password readable; it needs the"
                + " security.protocol SASL_SSL");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThat(
            problems(
                Map.of(
                    "bootstrap.servers", "kafka-1,kafka-2:99999",
                    "security.protocol", "SASL_SSL",
                    "password", "line\nend",
                    "request.timeout.ms", "soon",
                    "client.dns.lookup", "never",
                    "ssl.keystore.password", "x")))
        .containsExactlyInAnyOrder(
            "bootstrap.servers: expected HOST:PORT, separated by commas, got \"kafka-1\"",
            "bootstrap.servers: expected HOST:PORT, separated by commas, got \"kafka-2:99999\"",
            "username: expected, since security.protocol begins with SASL, not set",
            "password: expected without control characters or line ends",
            "request.timeout.ms: Kafka does not accept \"soon\"",
            "client.dns.lookup: Kafka does not accept \"never\"",
            "ssl.keystore.password: a PEM file has none; of its key it is ssl.key.password");
  }

  private static List<String> problems(Map<String, String> settings) {
    try {
      throw new AssertionError(KafkaConnection.of(settings));
    } catch (IllegalArgumentException refused) {
      return refused.getMessage().lines().toList();
    }
  }

  private static Map<String, String> login(String protocol, String username, String password) {
    return Map.of(
        "bootstrap.servers", SERVERS,
        "security.protocol", protocol,
        "username", username,
        "password", password);
  }

  /** As Kafka's clients read it. */
  private static AppConfigurationEntry entry(KafkaConnection connection) {
    String text = connection.toMap().getOrDefault("sasl.jaas.config", "");
    List<AppConfigurationEntry> entries =
        JaasContext.loadClientContext(Map.of("sasl.jaas.config", new Password(text)))
            .configurationEntries();
    assertThat(entries).hasSize(1);
    return entries.getFirst();
  }
}
