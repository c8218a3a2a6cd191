package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.model.Topic;
import io.millrace.ops.Cluster;
import io.millrace.ops.Grant;
import io.millrace.ops.OffsetReader;
import io.millrace.server.Main;
import io.millrace.server.config.ConfigLoader;
import io.millrace.server.config.GivenValue;
import io.millrace.server.config.MillraceConfig;
import io.millrace.server.credentials.ClientLogin;
import io.millrace.server.credentials.KafkaUser;
import io.millrace.server.credentials.SecureInit;
import io.millrace.server.credentials.SecurityFolder;
import io.millrace.server.instance.Instance;
import io.millrace.server.instance.InstanceConfig;
import io.millrace.server.instance.Role;
import io.millrace.testing.harness.GrantProbe;
import io.millrace.testing.harness.HttpProbe;
import io.millrace.testing.harness.RunningInstance;
import io.millrace.testing.harness.SecuredKafka;
import io.millrace.testing.harness.TestEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a Kafka that wants certificates, commands and roles work with those that were made for them,
 * by the settings that were written for them; and nobody else is let in.
 */
@Timeout(900)
class CertificateLoginIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final ClientLogin LOGIN = ClientLogin.CERTIFICATE;

  @TempDir private Path folder;

  @Test
  void rolesWorkWithTheirCertificatesAndNobodyElseIsLetIn() throws Exception {
    try (SecuredKafka kafka = SecuredKafka.start(folder, LOGIN)) {
      millrace(kafka, "acls", "--apply");

      // Its own certificate
      try (Instance processor = start(kafka, Role.PROCESSOR)) {
        assertThat(processor.awaitReady(PATIENCE)).isTrue();
        String key = millrace(kafka, "key", "--site", RunningInstance.SITE).strip();
        try (Instance collector = start(kafka, Role.COLLECTOR);
            var events = new HttpProbe(collector.url())) {
          String event = TestEvent.now("one", "/").json();
          await("accepted")
              .atMost(PATIENCE)
              .ignoreExceptions()
              .until(() -> events.postEvents(key, event).status() == 202);
        }
        awaitCounted(kafka);
      }
      assertThat(millrace(kafka, "acls", "--check")).contains("User:collector: exactly its");

      // Another user's
      try (var query = new GrantProbe(kafka.connection(KafkaUser.QUERY), name(Topic.CONTROL));
          var processor =
              new GrantProbe(kafka.connection(KafkaUser.PROCESSOR), name(Topic.CONTROL))) {
        assertThat(processor.isAllowed(readClickEvents())).isTrue();
        assertThat(query.isAllowed(readClickEvents())).isFalse();
      }

      // None, and another authority's
      Map<String, String> owner = kafka.connection(KafkaUser.OWNER);
      ask(owner);
      Map<String, String> nobody = new HashMap<>(owner);
      nobody.keySet().removeIf(setting -> setting.startsWith("ssl.keystore."));
      assertThatThrownBy(() -> ask(nobody)).hasCauseInstanceOf(SslAuthenticationException.class);
      Map<String, String> stranger = new HashMap<>(owner);
      stranger.putAll(keyOfAnotherAuthority());
      assertThatThrownBy(() -> ask(stranger)).hasCauseInstanceOf(SslAuthenticationException.class);
    }
  }

  private Instance start(SecuredKafka kafka, Role role) {
    KafkaUser user = KafkaUser.valueOf(role.name());
    List<GivenValue> flags =
        List.of(
            flag("kafka.bootstrap.servers", kafka.kafka().bootstrapServers()),
            flag("roles", role.label()),
            flag("data", folder.resolve(role.label()).toString()),
            flag("http.port", "0"),
            flag("topics.click-partitions", "1"),
            flag("topics.rollup-partitions", "2"),
            flag("topics.replication-factor", "1"));
    Path section = kafka.security().yaml(user, LOGIN);
    MillraceConfig config =
        ConfigLoader.load(Optional.of(section), Map.of(), flags).orThrow().config();
    return Instance.start(InstanceConfig.of(config), config.kafka().toMap(), step -> {});
  }

  private static GivenValue flag(String key, String text) {
    return GivenValue.flag("--set", key, text);
  }

  /** What a command prints, which has to succeed. */
  private static String millrace(SecuredKafka kafka, String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--kafka", kafka.kafka().bootstrapServers()));
    line.addAll(List.of("--secure", kafka.security().path().toString()));
    line.addAll(List.of("--login", LOGIN.toString()));
    var out = new StringWriter();
    int exitCode =
        Main.commandLine().setOut(new PrintWriter(out)).execute(line.toArray(String[]::new));
    assertThat(exitCode).as(out.toString()).isZero();
    return out.toString();
  }

  private static void awaitCounted(SecuredKafka kafka) {
    try (Cluster cluster = Cluster.connect(kafka.connection(KafkaUser.OWNER))) {
      var offsets = new OffsetReader(cluster, name(Topic.ENRICHED_CLICKS), "nobody");
      await("counted")
          .atMost(PATIENCE)
          .until(() -> offsets.ends().values().stream().anyMatch(end -> end > 0));
    }
  }

  private static String name(Topic topic) {
    return topic.localName();
  }

  private static Grant readClickEvents() {
    var topic =
        new ResourcePattern(ResourceType.TOPIC, name(Topic.CLICK_EVENTS), PatternType.LITERAL);
    return new Grant(topic, AclOperation.READ, "judge events");
  }

  private Map<String, String> keyOfAnotherAuthority() {
    var other = new SecurityFolder(folder.resolve("other"));
    var _ = new SecureInit(other, List.of(), "127.0.0.1:1", Set.of(), InstantSource.system()).run();
    Map<String, String> key = other.connection(KafkaUser.OWNER, LOGIN, "127.0.0.1:1");
    return Map.of("ssl.keystore.location", key.getOrDefault("ssl.keystore.location", ""));
  }

  private static void ask(Map<String, String> connection)
      throws ExecutionException, InterruptedException {
    var settings = new HashMap<String, Object>(connection);
    settings.put("default.api.timeout.ms", 60_000);
    try (Admin admin = Admin.create(settings)) {
      admin.describeCluster().nodes().get();
    }
  }
}
