package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.Main;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.testing.harness.TopicReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Rows of files come to the topics of reference tables as they are. */
@Timeout(200)
class LoadIT {
  private final StringWriter said = new StringWriter();

  @Test
  void rowsAreWrittenWithAllTheirDigitsToAnyCompactedTopic(@TempDir Path folder) throws Exception {
    Path rows = folder.resolve("rows.ndjson");
    Files.writeString(
        rows,
        """
        {"id":"a","price":12345678901234.567890,"name":"Käse"}

        {"id":7,"price":1}
        {"id":"gone"}
        """);
    try (LocalKafka kafka = LocalKafka.start(LocalKafkaConfig.oneBroker(folder.resolve("kafka")));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("spread", 3, (short) 1).configs(Map.of("cleanup.policy", "compact")),
                  new NewTopic("short-lived", 1, (short) 1)))
          .all()
          .get();

      for (String topic : List.of("made", "spread")) {
        assertThat(load(kafka, topic, rows)).as(said.toString()).isZero();
        assertThat(read(kafka, topic))
            .containsExactlyEntriesOf(
                new TreeMap<>(
                    Map.of(
                        "7", "{\"price\":1}",
                        "a", "{\"price\":12345678901234.567890,\"name\":\"Käse\"}",
                        "gone", "")));
      }

      assertRefused(load(kafka, "short-lived", rows), "cleanup.policy is delete, must be compact");
      assertRefused(load(kafka, "control", rows), "Millrace's own");
      assertRefused(load(kafka, "url-click-counts", rows), "Millrace's own");
      Files.writeString(rows, "{\"id\":1}\n{\"id\":2} {\"id\":3}\n");
      assertRefused(load(kafka, "made", rows), "line 2: no JSON");
      Files.writeString(rows, "{\"name\":\"x\"}\n");
      assertRefused(load(kafka, "made", rows), "line 1: the field id is missing");
    }
  }

  private int load(LocalKafka kafka, String topic, Path rows) {
    said.getBuffer().setLength(0);
    CommandLine command = Main.commandLine();
    command.setErr(new PrintWriter(said, true)).setOut(new PrintWriter(said, true));
    return command.execute(
        "load",
        "--kafka",
        kafka.bootstrapServers(),
        "--topic",
        topic,
        "--key",
        "id",
        rows.toString());
  }

  private void assertRefused(int exitCode, String message) {
    assertThat(exitCode).isNotZero();
    assertThat(said.toString()).contains(message);
  }

  private static Map<String, String> read(LocalKafka kafka, String topic) {
    var rows = new TreeMap<String, String>();
    for (var record : new TopicReader(kafka.bootstrapServers()).records(topic)) {
      rows.put(
          new String(record.key(), StandardCharsets.UTF_8),
          record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8));
    }
    return rows;
  }
}
