package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.testing.harness.BooksAnswer;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.EventLedger;
import io.millrace.testing.harness.HttpAnswer;
import io.millrace.testing.harness.HttpProbe;
import io.millrace.testing.harness.RunningInstance;
import io.millrace.testing.harness.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker goes away under load. Nothing is acknowledged that is not in the log, clients are told
 * soon, and what was acknowledged before, meanwhile and after is counted exactly once.
 */
@Tag("long")
@Timeout(400)
class BrokerAwayIT {
  /** The promise is 4 seconds; what is beyond is for this machine being busy. */
  private static final Duration SOON = Duration.ofSeconds(6);

  /** The demo's own, of its sample page. */
  private static final String DEMO_KEY = "demo";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void isSaidToClientsWhileItHangsAndForgottenAfterwards(@TempDir Path folder) {
    try (RunningInstance millrace = RunningInstance.start(folder)) {
      var ledger = new EventLedger(millrace.http(), RunningInstance.KEY);
      long broker = millrace.local().brokerProcessIds().getFirst();
      sendAcknowledged(ledger, 200);

      // When
      Signals.pause(broker);
      List<HttpAnswer> answers = new ArrayList<>();
      try {
        for (int i = 0; i < 3; i++) {
          answers.addAll(ledger.sendNew(20));
        }
      } finally {
        Signals.resume(broker);
      }

      // Then
      assertRefusedSoon(answers);
      sendAcknowledged(ledger, 0);
      sendAcknowledged(ledger, 200);
      assertCountedOnce(millrace, ledger);
    }
  }

  @Test
  void endsTheProgramWhenItIsKilledAndTheNextStartHasEverything(@TempDir Path folder) {
    // Given
    EventLedger ledger;
    try (ChildJvm demo = startDemo(folder);
        HttpProbe http = awaitServing(demo, folder)) {
      ledger = new EventLedger(http, DEMO_KEY);
      sendAcknowledged(ledger, 300);

      // When
      demo.children().forEach(broker -> Signals.kill(broker.pid()));

      // Then
      assertThat(ledger.sendNew(40)).noneMatch(HttpAnswer::isSuccess);
      assertThat(demo.awaitExit(PATIENCE)).isEqualTo(1);
      assertThat(demo.errors()).contains("ended by itself").doesNotContain("nobody has thought of");
    }
    try (RunningInstance millrace = RunningInstance.start(folder)) {
      ledger.sendThrough(millrace.http());
      sendAcknowledged(ledger, 0);
      assertCountedOnce(millrace, ledger);
    }
  }

  /** Sends so many new events, and everything that has no acknowledgement yet until it has one. */
  private static void sendAcknowledged(EventLedger ledger, int events) {
    ledger.sendNew(events);
    await("everything acknowledged").atMost(PATIENCE).until(ledger::resendAll);
  }

  private static ChildJvm startDemo(Path folder) {
    return ChildJvm.millrace("demo", "--rate", "0", "--port", "0", "--data", folder.toString());
  }

  private static HttpProbe awaitServing(ChildJvm demo, Path folder) {
    await("its greeting").atMost(PATIENCE).until(() -> demo.output().contains("Millrace runs"));
    return new HttpProbe(demo.urlIn(folder).orElseThrow());
  }

  private static void assertRefusedSoon(List<HttpAnswer> answers) {
    assertThat(answers)
        .isNotEmpty()
        .allSatisfy(
            answer -> {
              assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
              assertThat(answer.headers().get("retry-after")).as("Retry-After").matches("[0-9]+");
              assertThat(answer.took()).isLessThan(SOON);
            });
    assertThat(answers.stream().map(HttpAnswer::took).sorted().toList().get(answers.size() / 2))
        .as("half of the answers")
        .isLessThan(Duration.ofSeconds(4));
  }

  private static void assertCountedOnce(RunningInstance millrace, EventLedger ledger) {
    await("an outcome for every event")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> millrace.views().books().pending() == 0);
    BooksAnswer books = millrace.awaitAccounted(millrace.views().books().accepted());
    assertThat(books.balanced()).as(books.text()).isTrue();
    assertThat(millrace.topics().enrichedClicks())
        .extracting(click -> click.click().id())
        .containsExactlyInAnyOrderElementsOf(ledger.acknowledged());
    assertThat(books.outcome("counted")).isEqualTo(ledger.acknowledged().size());
    assertThat(books.outcome("duplicate"))
        .isEqualTo(books.accepted() - ledger.acknowledged().size());
  }
}
