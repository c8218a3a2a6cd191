package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.ops.doctor.Finding;
import io.millrace.ops.doctor.ListenerCheck;
import io.millrace.server.config.ConfigLoader;
import io.millrace.server.config.GivenValue;
import io.millrace.server.config.MillraceConfig;
import io.millrace.server.credentials.ClientLogin;
import io.millrace.server.credentials.KafkaUser;
import io.millrace.server.credentials.Renewal;
import io.millrace.server.credentials.SecureInit;
import io.millrace.server.credentials.SecurityFolder;
import io.millrace.server.doctor.Examination;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(900)
class SecuredKafkaIT {
  private static final String TOPIC = "texts";

  @TempDir private Path folder;

  @Test
  void letsInWhoLogsInAndNobodyElse() throws Exception {
    LocalKafkaConfig config =
        LocalKafkaConfig.oneBroker(folder.resolve("kafka"))
            .withHeapMegabytes(256)
            .withStartTimeout(Duration.ofMinutes(4));
    var security = new SecurityFolder(folder.resolve("security"));
    init(security);

    // Given data of a time without security
    try (LocalKafka kafka = TestKafka.start(config)) {
      var clients = new TestClients(kafka.bootstrapServers());
      clients.createTopic(TOPIC, 1);
      clients.write(TOPIC, "one");
    }

    // When it is secured, by password
    Map<KafkaUser, String> formerPasswords = security.passwords();
    try (LocalKafka kafka =
        TestKafka.start(config.withSecurity(new BrokerSecurity(security, ClientLogin.SCRAM)))) {
      String servers = kafka.bootstrapServers();
      // Then
      assertThat(
              clients(security.connection(KafkaUser.OWNER, ClientLogin.SCRAM, servers))
                  .readAll(TOPIC))
          .containsExactly("one");
      assertThatThrownBy(
              () -> describe(security.connection(KafkaUser.QUERY, ClientLogin.SCRAM, servers)))
          .hasCauseInstanceOf(TopicAuthorizationException.class);
      // And who would come without TLS is told so, instead of dying of the answer
      assertThat(ListenerCheck.of(Map.of("bootstrap.servers", servers)))
          .singleElement()
          .extracting(Finding::what)
          .isEqualTo(servers + " speaks TLS, and kafka.security.protocol is PLAINTEXT");
      // And the section that was made for a user logs in as it stands
      describe(configured(security, KafkaUser.OWNER, servers).kafka().toMap());
      assertThat(new Examination(configured(security, KafkaUser.QUERY, servers), false).run())
          .extracting(Finding::what)
          .contains(
              servers + " speaks TLS",
              "no right to use the group millrace-processor: the query cannot know how much is"
                  + " processed");
      // And no process was told a password where everybody can read it
      assertThat(kafka.processIds())
          .isNotEmpty()
          .allSatisfy(process -> knowsNone(process, security.passwords().values()));
      Map<String, String> stranger =
          new HashMap<>(security.connection(KafkaUser.OWNER, ClientLogin.SCRAM, servers));
      stranger.computeIfPresent(
          "sasl.jaas.config",
          (key, value) -> value.replaceAll("password=\"[^\"]*", "password=\"x"));
      assertThatThrownBy(() -> describe(stranger))
          .hasCauseInstanceOf(SaslAuthenticationException.class);
      Map<String, String> trustful =
          new HashMap<>(security.connection(KafkaUser.OWNER, ClientLogin.SCRAM, servers));
      trustful.remove("ssl.truststore.location");
      trustful.remove("ssl.truststore.type");
      assertThatThrownBy(() -> describe(trustful))
          .hasCauseInstanceOf(SslAuthenticationException.class);

      // When it is killed and comes back
      LocalBroker broker = kafka.brokers().getFirst();
      broker.kill();
      broker.start();
      kafka.awaitReady(Duration.ofMinutes(4));
      // Then what was left of it was taken back over TLS
      assertThat(Files.readString(broker.logFile()))
          .contains("Took back the registration of a killed broker");
    }

    // When passwords are new
    renewPasswords(security);
    try (LocalKafka kafka =
        TestKafka.start(config.withSecurity(new BrokerSecurity(security, ClientLogin.SCRAM)))) {
      String servers = kafka.bootstrapServers();
      // Then the new ones are valid, and the former are not
      describe(security.connection(KafkaUser.OWNER, ClientLogin.SCRAM, servers));
      Map<String, String> former =
          new HashMap<>(security.connection(KafkaUser.OWNER, ClientLogin.SCRAM, servers));
      former.computeIfPresent(
          "sasl.jaas.config",
          (key, value) ->
              value.replace(
                  security.passwords().getOrDefault(KafkaUser.OWNER, ""),
                  formerPasswords.getOrDefault(KafkaUser.OWNER, "")));
      assertThatThrownBy(() -> describe(former))
          .hasCauseInstanceOf(SaslAuthenticationException.class);
    }
    assertThat(filesThatHold(formerPasswords)).isEmpty();
    assertThat(filesThatHold(security.passwords())).isEmpty();
    // Which is seen to find what is there
    Files.writeString(
        folder.resolve("kafka").resolve("planted"),
        "x" + security.passwords().get(KafkaUser.OWNER) + "x");
    assertThat(filesThatHold(security.passwords())).hasSize(1);
  }

  private static MillraceConfig configured(
      SecurityFolder security, KafkaUser user, String servers) {
    return ConfigLoader.load(
            Optional.of(security.yaml(user, ClientLogin.SCRAM)),
            Map.of(),
            List.of(
                GivenValue.flag("--kafka", "kafka.bootstrap.servers", servers),
                GivenValue.flag("--roles", "roles", "query")))
        .orThrow()
        .config();
  }

  private static void init(SecurityFolder security, Renewal... renewals) {
    var _ =
        new SecureInit(security, List.of(), "127.0.0.1:1", Set.of(renewals), InstantSource.system())
            .run();
  }

  private static void renewPasswords(SecurityFolder security) {
    init(security, Renewal.PASSWORDS);
  }

  private static TestClients clients(Map<String, String> connection) {
    return new TestClients(connection);
  }

  private static void describe(Map<String, String> connection)
      throws ExecutionException, InterruptedException {
    var settings = new HashMap<String, Object>(connection);
    settings.put("default.api.timeout.ms", 20_000);
    settings.put("request.timeout.ms", 10_000);
    try (Admin admin = Admin.create(settings)) {
      admin.describeTopics(List.of(TOPIC)).allTopicNames().get();
    }
  }

  /** Arguments, which every user of the machine can read, and the environment; where Linux is. */
  private static void knowsNone(long process, Collection<String> secrets) {
    Path about = Path.of("/proc", String.valueOf(process));
    Path arguments = about.resolve("cmdline");
    assertThat(Files.notExists(about) || holds(arguments, "java")).as("is read").isTrue();
    for (Path file : List.of(arguments, about.resolve("environ"))) {
      assertThat(secrets).as(file.toString()).noneMatch(secret -> holds(file, secret));
    }
  }

  /** Logs, settings and everything else that the brokers write. */
  private List<Path> filesThatHold(Map<KafkaUser, String> secrets) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("kafka"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> secrets.values().stream().anyMatch(secret -> holds(file, secret)))
          .toList();
    }
  }

  private static boolean holds(Path file, String secret) {
    try {
      return Files.size(file) < 16 << 20
          && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(secret);
    } catch (IOException gone) {
      return false;
    }
  }
}
