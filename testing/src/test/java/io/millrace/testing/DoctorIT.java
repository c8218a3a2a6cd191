package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.Main;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code millrace doctor} against a real broker. Each test has its own namespace. */
@Timeout(200)
class DoctorIT {
  private static final ConfigResource EVERY_BROKER =
      new ConfigResource(ConfigResource.Type.BROKER, "");

  private static LocalKafka kafka;
  private static Admin admin;

  @BeforeAll
  static void start(@TempDir Path folder) {
    kafka = LocalKafka.start(LocalKafkaConfig.oneBroker(folder));
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    kafka.close();
  }

  @Test
  void aClusterThatSuitsHasNoProblem() throws ExecutionException, InterruptedException {
    Outcome outcome =
        doctor(
            "--namespace", "well", "--set", "topics.replication-factor=1", "--data", homeFolder());

    assertThat(outcome.exitCode()).as(outcome.text()).isZero();
    assertThat(outcome.lines())
        .contains(
            "ok       " + kafka.bootstrapServers() + " answers",
            "ok       settings of the brokers",
            "ok       rights of collector, processor, query")
        .anyMatch(line -> line.startsWith("ok       Kafka 4."))
        .anyMatch(line -> line.contains("topics are there; the others can be made"))
        .anyMatch(line -> line.contains("acknowledges within"))
        .anyMatch(line -> line.startsWith("ok       the clock of broker 1 is 0."))
        .noneMatch(line -> line.startsWith("PROBLEM"))
        .noneMatch(line -> line.contains("not looked at"));
    assertThat(admin.listTopics().names().get()).noneMatch(name -> name.endsWith("doctor"));
  }

  @Test
  void allThatIsWrongIsToldAtOnceWithWhatToDo() throws ExecutionException, InterruptedException {
    Map<String, String> wrong =
        Map.of("unclean.leader.election.enable", "true", "message.max.bytes", "100000");
    admin.createTopics(List.of(new NewTopic("ill.click-events", 3, (short) 1))).all().get();
    alter(wrong, AlterConfigOp.OpType.SET);
    try {
      Outcome outcome = doctor("--namespace", "ill", "--data", "/tmp/state", "--read-only");

      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.lines())
          .contains(
              "PROBLEM  1 broker, and topics.replication-factor is 3",
              "PROBLEM  unclean.leader.election.enable is true",
              "PROBLEM  message.max.bytes is 100000",
              "PROBLEM  ill.click-events: partitions is 3, must be 24",
              "PROBLEM  ill.click-events: replication factor is 1, must be 3",
              "PROBLEM  data folder /tmp/state is below a temporary folder")
          .anyMatch(line -> line.startsWith("PROBLEM  ill.control cannot be made: "))
          .noneMatch(line -> line.contains("clock"));
      assertThat(outcome.lines().stream().filter(line -> line.startsWith("         → ")).count())
          .isEqualTo(
              outcome.lines().stream()
                  .filter(line -> line.startsWith("PROBLEM") || line.startsWith("warning"))
                  .count());
    } finally {
      alter(wrong, AlterConfigOp.OpType.DELETE);
    }
  }

  @Test
  void nobodyIsSentToAPortThatSpeaksOtherwise() {
    Outcome outcome = doctor("--set", "kafka.security.protocol=SSL");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.lines())
        .contains(
            "PROBLEM  "
                + kafka.bootstrapServers()
                + " speaks no TLS, and kafka.security.protocol is SSL")
        .noneMatch(line -> line.contains("Kafka 4."));
  }

  @Test
  void nobodyAtAllIsToldSoon() {
    Outcome outcome = doctor("--set", "kafka.bootstrap.servers=127.0.0.1:1");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.text()).contains("PROBLEM  127.0.0.1:1 cannot be reached");
  }

  private static void alter(Map<String, String> settings, AlterConfigOp.OpType how)
      throws ExecutionException, InterruptedException {
    Collection<AlterConfigOp> changes =
        settings.entrySet().stream()
            .map(each -> new AlterConfigOp(new ConfigEntry(each.getKey(), each.getValue()), how))
            .toList();
    admin.incrementalAlterConfigs(Map.of(EVERY_BROKER, changes)).all().get();
  }

  private record Outcome(int exitCode, String text) {
    List<String> lines() {
      return text.lines().toList();
    }
  }

  /** Runs the command; options that are given again are stronger. */
  private static Outcome doctor(String... options) {
    var out = new StringWriter();
    CommandLine program = Main.commandLine().setOut(new PrintWriter(out));
    var arguments = new ArrayList<>(List.of("doctor"));
    boolean namesBrokers =
        Set.of(options).stream().anyMatch(option -> option.contains("bootstrap.servers"));
    if (!namesBrokers) {
      arguments.addAll(List.of("--kafka", kafka.bootstrapServers()));
    }
    arguments.addAll(List.of(options));
    int exitCode = program.execute(arguments.toArray(new String[0]));
    return new Outcome(exitCode, out.toString());
  }

  /** One that is not below a temporary folder, wherever the tests run. Nothing is written there. */
  private static String homeFolder() {
    return Path.of(System.getProperty("user.home")).resolve("millrace-data").toString();
  }
}
