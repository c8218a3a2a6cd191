package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.testing.harness.BooksAnswer;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.EventLedger;
import io.millrace.testing.harness.RunningInstance;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stopping and starting again loses nothing, and two do not work on the same data. */
@Timeout(300)
class SecondRunIT {
  private static final String OF_SITE = "site=" + RunningInstance.SITE;

  @Test
  void hasTheNumbersOfTheFirst(@TempDir Path folder) {
    // Given
    Map<String, Long> outcomes;
    List<JsonNode> pages;
    URI url;
    try (RunningInstance first = RunningInstance.start(folder)) {
      sendEvents(first);
      outcomes = first.awaitAccounted(150).outcomes();
      pages = first.views().rows("pages", OF_SITE);
      url = first.url();
    }

    // When
    try (RunningInstance second = RunningInstance.start(folder)) {
      BooksAnswer books = second.awaitAccounted(150);

      // Then
      assertThat(second.url()).isNotEqualTo(url);
      assertThat(books.balanced()).as(books.text()).isTrue();
      assertThat(books.outcomes()).isEqualTo(outcomes);
      assertThat(paths(second.views().rows("pages", OF_SITE))).isEqualTo(paths(pages));

      // When
      sendEvents(second);

      // Then
      BooksAnswer again = second.awaitAccounted(300);
      assertThat(again.outcome("counted")).isEqualTo(150);
      assertThat(again.outcome("duplicate")).isEqualTo(again.accepted() - 150);
      assertThat(paths(second.views().rows("pages", OF_SITE))).isEqualTo(paths(pages));
    }
  }

  @Test
  void isRefusedBesideTheFirstAndToldWhereThatIs(@TempDir Path folder) {
    try (RunningInstance first = RunningInstance.start(folder);
        ChildJvm second = ChildJvm.millrace("demo", "--port", "0", "--data", folder.toString())) {
      assertThat(second.awaitExit(Duration.ofMinutes(1))).isEqualTo(1);
      assertThat(second.errors())
          .contains("is in use by process " + ProcessHandle.current().pid())
          .contains(first.url().toString());
      assertThat(first.http().get("/health/ready").status()).isEqualTo(200);
    }
  }

  /** The same 150 events each time. */
  private static void sendEvents(RunningInstance millrace) {
    var ledger = new EventLedger(millrace.http(), RunningInstance.KEY);
    ledger.sendNew(150);
    await("everything acknowledged").atMost(Duration.ofMinutes(1)).until(ledger::resendAll);
  }

  /** Without whether the windows are final, which time alone changes. */
  private static List<String> paths(List<JsonNode> rows) {
    return rows.stream()
        .map(row -> row.required("path").asText() + ' ' + row.required("events").asLong())
        .sorted()
        .toList();
  }
}
