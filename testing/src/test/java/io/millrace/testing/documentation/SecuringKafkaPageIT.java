package io.millrace.testing.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.broker.BrokerSecurity;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.server.config.ConfigLoader;
import io.millrace.server.config.GivenValue;
import io.millrace.server.credentials.ClientLogin;
import io.millrace.server.credentials.KafkaUser;
import io.millrace.server.credentials.SecurityFolder;
import io.millrace.testing.harness.Canary;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.SecretScan;
import io.millrace.testing.harness.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import kafka.admin.ConfigCommand;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.tools.AclCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the page work as they stand there, in their order, on a Kafka that it secures.
 */
@Timeout(900)
class SecuringKafkaPageIT {
  private static final List<String> BLOCKS = Page.read("operations/securing-kafka.md").blocks("sh");

  /** Kafka's tools are found as where Kafka is installed. */
  private static final String PATH = "PATH=.:$PATH\n";

  @TempDir private Path folder;

  @Test
  void theCommandsWork() throws Exception {
    ChildJvm.writeLauncher(folder.resolve("millrace"));
    ChildJvm.writeLauncher(folder.resolve("kafka-acls.sh"), AclCommand.class.getName());
    ChildJvm.writeLauncher(folder.resolve("kafka-configs.sh"), ConfigCommand.class.getName());
    var security = new SecurityFolder(folder.resolve("millrace-data/security"));
    var shell = new Shell(folder, Duration.ofMinutes(4));

    String init = run(shell, BLOCKS.getFirst(), "");
    LocalKafkaConfig config =
        LocalKafkaConfig.oneBroker(folder.resolve("kafka"))
            .withHeapMegabytes(256)
            .withStartTimeout(Duration.ofMinutes(4))
            .withSecurity(new BrokerSecurity(security, ClientLogin.SCRAM));
    StringBuilder printed = new StringBuilder(init);
    var scan =
        new SecretScan(
            security.passwords().entrySet().stream()
                .map(user -> new Canary("the password of " + user.getKey(), user.getValue()))
                .toList());
    try (LocalKafka kafka = LocalKafka.start(config)) {
      for (String block : BLOCKS.subList(1, BLOCKS.size())) {
        printed.append(run(shell, block, kafka.bootstrapServers()));
      }
      scan.arguments(ProcessHandle.current().pid());

      // Then the second user of the role is let in by the section that the page makes
      Path section = security.path().resolve("users/collector-b/kafka.yaml");
      ask(connection(section, kafka.bootstrapServers()));
      // And the first is not any more
      assertThatThrownBy(
              () ->
                  ask(
                      connection(
                          security.yaml(KafkaUser.COLLECTOR, ClientLogin.SCRAM),
                          kafka.bootstrapServers())))
          .hasCauseInstanceOf(SaslAuthenticationException.class);
    }

    assertThat(printed.toString())
        .contains("Files written")
        .contains("User:collector: 6 lines, 6 of them new")
        .contains("User:query: exactly its")
        .contains("User:teamA-collector: exactly its 6 lines")
        .contains("User:collector-b: 6 lines, 6 of them new")
        .contains("missing: Allow topic click-events Write");
    scan.text("what the commands print", printed.toString());
    scan.files(folder.resolve("kafka"));
    assertThat(scan.scanned()).isGreaterThan(1_000);
    assertThat(scan.hits()).isEmpty();
  }

  private static Map<String, String> connection(Path section, String servers) {
    return ConfigLoader.load(
            Optional.of(section),
            Map.of(),
            List.of(GivenValue.flag("--kafka", "kafka.bootstrap.servers", servers)))
        .orThrow()
        .config()
        .kafka()
        .toMap();
  }

  private static void ask(Map<String, String> connection)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(new HashMap<>(connection))) {
      admin.describeCluster().nodes().get();
    }
  }

  private static String run(Shell shell, String block, String servers) {
    Shell.Result result = shell.run(PATH + block.replace("127.0.0.1:9092", servers));
    assertThat(result.exitCode()).as(block + result.output()).isZero();
    return result.output();
  }
}
