package io.millrace.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private Instant now = Instant.EPOCH;

  @Test
  void drawsOverOneLineOnATerminalAndTakesItAway() {
    try (ProgressBar bar = bar(true)) {
      bar.show(0.5, "1,000 events\u001b[31m");
      bar.show(0.6, "too soon");
      now = now.plusMillis(100);
      bar.show(2, "done");
    }

    assertThat(text())
        .contains("Importing ███████████████░░░░░░░░░░░░░░░  50 % 1,000 events\\u{1B}[31m")
        .contains("100 % done")
        .doesNotContain("too soon", "\n")
        .endsWith("\r\u001b[K");
  }

  @Test
  void printsPlainLinesNowAndThenElsewhere() {
    try (ProgressBar bar = bar(false)) {
      bar.show(0.25, "a");
      now = now.plusSeconds(4);
      bar.show(0.5, "b");
      now = now.plusSeconds(1);
      bar.show(0.75, "c");
    }

    assertThat(text().lines()).containsExactly("Importing 25 % a", "Importing 75 % c");
  }

  private ProgressBar bar(boolean terminal) {
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new ProgressBar(out, terminal, () -> now, "Importing");
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
