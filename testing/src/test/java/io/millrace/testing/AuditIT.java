package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.ForeignProducer;
import io.millrace.testing.harness.RunningInstance;
import io.millrace.testing.harness.TestEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command {@code audit} can fail. A check that has never been seen to fail proves nothing, so
 * books that do not balance are made here: a transaction of somebody else leaves a marker, and so
 * an offset without an event.
 */
@Timeout(300)
class AuditIT {
  private static final byte[] BYTES = "anything".getBytes(StandardCharsets.UTF_8);

  @Test
  void tellsBooksThatBalanceFromBooksThatDoNot(@TempDir Path folder) throws Exception {
    try (RunningInstance millrace = RunningInstance.start(folder)) {
      // Given
      millrace.http().postEvents(RunningInstance.KEY, TestEvent.now("good", "/").json());
      millrace.awaitAccounted(1);

      // Then
      assertAudit(millrace, 0, "every accepted event has exactly one outcome");

      // When
      try (var producer = ForeignProducer.transactional(millrace.local().bootstrapServers())) {
        producer.sendInTransaction("click-events", "somebody/else", BYTES);
        producer.sendInTransaction("click-events", "somebody/else", BYTES);
      }
      await("the difference")
          .atMost(Duration.ofMinutes(1))
          .until(() -> !millrace.views().books().balanced());

      // Then
      assertAudit(millrace, 1, "NOT BALANCED");
      assertThat(millrace.views().books().outcome("invalid")).isEqualTo(2);
    }
  }

  @Test
  void saysWhenNobodyAnswers() {
    try (ChildJvm audit = ChildJvm.millrace("audit", "--target", "http://127.0.0.1:1")) {
      assertThat(audit.awaitExit(Duration.ofMinutes(1))).isEqualTo(3);
      assertThat(audit.errors()).contains("127.0.0.1:1", "--target");
    }
  }

  private static void assertAudit(RunningInstance millrace, int exitCode, String words) {
    try (ChildJvm audit = ChildJvm.millrace("audit", "--target", millrace.url().toString())) {
      assertThat(audit.awaitExit(Duration.ofMinutes(1)))
          .as(audit.output() + audit.errors())
          .isEqualTo(exitCode);
      assertThat(audit.output().replaceAll("\\s+", " ")).contains(words);
    }
  }
}
