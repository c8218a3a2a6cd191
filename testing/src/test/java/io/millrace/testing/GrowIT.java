package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.model.Namespace;
import io.millrace.model.TopicLayout;
import io.millrace.ops.Cluster;
import io.millrace.ops.OperationsException;
import io.millrace.ops.growth.NewGeneration;
import io.millrace.server.instance.InstanceConfig;
import io.millrace.server.sender.OutgoingEvent;
import io.millrace.testing.harness.BelievableTraffic;
import io.millrace.testing.harness.BooksAnswer;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.JoinedInstance;
import io.millrace.testing.harness.RunningInstance;
import io.millrace.testing.harness.ViewProbe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A namespace is given more partitions by a copy of its log, and its numbers, its visitors and what
 * was sent before are known there.
 */
@Timeout(400)
class GrowIT {
  private static final String SUCCESSOR = "g2";
  private static final int PARTITIONS = 12;
  private static final List<String> VIEWS =
      List.of(
          "pages",
          "traffic",
          "countries",
          "browsers",
          "referrers",
          "outcomes",
          "session_totals",
          "entry_pages",
          "url_click_counts");

  @TempDir private Path folder;

  @Test
  void aSuccessorWithMorePartitionsHasTheSameNumbersAndKnowsTheVisitors() throws Exception {
    List<OutgoingEvent> day = BelievableTraffic.ofADay(Instant.now(), 150, 11);
    try (RunningInstance former = RunningInstance.start(folder.resolve("former"))) {
      // Given a copy that was broken off in the middle, and goes on with what came meanwhile
      former.sender().send(day.subList(0, day.size() / 2));
      former.awaitAccounted(day.size() / 2);
      grow(former);
      BooksAnswer before;
      try (ChildJvm follow = startGrowing(former, "--follow")) {
        await("the copy is followed")
            .atMost(Duration.ofMinutes(1))
            .until(() -> follow.output().contains(" 0 to go"));
        former.sender().send(day.subList(day.size() / 2, day.size()));

        // When
        follow.stop(Duration.ofMinutes(1));

        assertThat(follow.output()).contains("All that there was is copied.");
        before = former.awaitAccounted(day.size());
      }

      // Then the log is the same, with every visitor's events in their order
      assertThat(byVisitor(former, SUCCESSOR + ".click-events"))
          .isEqualTo(byVisitor(former, "click-events"));
      try (JoinedInstance successor = successorOf(former)) {
        BooksAnswer after = successor.awaitAccounted(before.accepted());
        assertThat(after.outcomes()).isEqualTo(before.outcomes());
        for (String view : VIEWS) {
          assertThat(rows(successor.views(), view))
              .as(view)
              .isEqualTo(rows(former.views(), view))
              .isNotEmpty();
        }
        // and what was sent to the former is known to the successor
        successor.sender().send(day.subList(0, 20));
        BooksAnswer again = successor.awaitAccounted(before.accepted() + 20);
        assertThat(again.outcome("counted")).isEqualTo(before.outcome("counted"));
        assertThat(again.balanced()).as(again.text()).isTrue();
        assertRefused(() -> copy(former, PARTITIONS), "records that were not copied");
      }
    }
  }

  private static void assertRefused(ThrowingCallable copying, String reason) {
    assertThatThrownBy(copying)
        .isInstanceOf(OperationsException.class)
        .hasMessageContaining(reason);
  }

  private static void copy(RunningInstance former, int partitions) {
    try (Cluster cluster =
        Cluster.connect(Map.of("bootstrap.servers", former.local().bootstrapServers()))) {
      new NewGeneration(cluster, Namespace.DEFAULT, new Namespace(SUCCESSOR))
          .copy(partitions, () -> false, progress -> {});
    }
  }

  private static void grow(RunningInstance former) {
    try (ChildJvm grow = startGrowing(former)) {
      assertThat(grow.awaitExit(Duration.ofMinutes(1))).as(grow.output() + grow.errors()).isZero();
      assertThat(grow.output()).contains("click-events: ").contains(" 0 to go");
    }
  }

  private static ChildJvm startGrowing(RunningInstance former, String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "grow",
                "--into",
                SUCCESSOR,
                "--partitions",
                Integer.toString(PARTITIONS),
                "--kafka",
                former.local().bootstrapServers()));
    arguments.addAll(List.of(more));
    return ChildJvm.millrace(arguments.toArray(String[]::new));
  }

  private JoinedInstance successorOf(RunningInstance former) throws InterruptedException {
    InstanceConfig config =
        InstanceConfig.local(folder.resolve("successor"), 0)
            .withNamespace(new Namespace(SUCCESSOR))
            .withTopics(new TopicLayout(PARTITIONS, 4, (short) 1));
    return JoinedInstance.start(former.local().bootstrapServers(), config);
  }

  /** Ids of events would do, but undecodable records have none. */
  private static Map<String, List<String>> byVisitor(RunningInstance millrace, String topic) {
    var events = new HashMap<String, List<String>>();
    for (ConsumerRecord<byte[], byte[]> record : millrace.topics().records(topic)) {
      events
          .computeIfAbsent(
              new String(record.key(), StandardCharsets.UTF_8), key -> new ArrayList<>())
          .add(record.timestamp() + " " + HexFormat.of().formatHex(record.value()));
    }
    return events;
  }

  private static List<String> rows(ViewProbe views, String view) {
    String asked =
        view.equals("url_click_counts") ? "" : "grain=hour&from=-48h&site=" + RunningInstance.SITE;
    return views.rows(view, asked).stream().map(JsonNode::toString).sorted().toList();
  }
}
