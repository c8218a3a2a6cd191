package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import com.microsoft.playwright.options.ColorScheme;
import io.millrace.server.sender.Delivery;
import io.millrace.server.sender.EventSender;
import io.millrace.server.sender.OutgoingEvent;
import io.millrace.testing.harness.BelievableTraffic;
import io.millrace.testing.harness.BrowserWindow;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.RunningInstance;
import io.millrace.testing.harness.Shell;
import io.millrace.testing.harness.TestBrowser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shell and the console against the real interface for SQL. */
@TestInstance(PER_CLASS)
@Timeout(400)
class SqlShellIT {
  private static final int EVENTS = 300;

  private Path folder;
  private RunningInstance millrace;

  @BeforeAll
  void start(@TempDir Path temporary) throws InterruptedException {
    folder = temporary;
    millrace = RunningInstance.start(temporary.resolve("millrace-data"));
    ChildJvm.writeLauncher(temporary.resolve("millrace"));
    List<OutgoingEvent> day = BelievableTraffic.ofADay(Instant.now(), EVENTS, 7);
    try (EventSender sender = millrace.sender()) {
      Delivery delivery = sender.send(day);
      assertThat(delivery.accepted()).as(delivery.toString()).isEqualTo(day.size());
    }
    millrace.awaitAccounted(day.size());
  }

  @AfterAll
  void stop() {
    millrace.close();
  }

  @Test
  void showsATable() {
    Shell.Result result =
        run(
            "-e \"SELECT path, SUM(events) AS events FROM pages GROUP BY path ORDER BY events DESC LIMIT 3\"");

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output().lines().toList())
        .hasSize(6)
        .first()
        .asString()
        .matches("path +events");
    assertThat(result.output()).containsPattern("\\(3 rows, [\\d,]+ ms\\)");
  }

  @Test
  void giveTheSameNumbersInEveryFormat() {
    String sql = "-e 'SELECT SUM(events) AS events FROM traffic'";

    long json = number(run("--format json " + sql).output(), "\"rows\":\\[\\[(\\d+)]]");
    assertThat(json).isPositive();
    assertThat(number(run("--format csv " + sql).output(), "events\\s+(\\d+)")).isEqualTo(json);
    assertThat(number(run("--format ndjson " + sql).output(), "\\n\\[(\\d+)]\\n")).isEqualTo(json);
    assertThat(number(run(sql).output(), "\\n *(\\d+)\\n")).isEqualTo(json);
  }

  @Test
  void marksThePlaceOfAnError() {
    Shell.Result result = run("-e $'SELECT path,\\n  evnets\\nFROM pages'");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("line 2, column 3", "    evnets\n    ^\n");
  }

  @Test
  void runsStandardInputAndFilesUpToTheFirstError() throws Exception {
    Files.writeString(
        folder.resolve("some.sql"),
        "-- one; two\nSELECT 'a;b' AS x FROM traffic LIMIT 1;\nSELECT nothing FROM traffic;\n"
            + "SELECT 'never' AS x FROM traffic LIMIT 1;");

    Shell.Result file = run("-f some.sql");
    Shell.Result input = run("< some.sql");

    assertThat(file.exitCode()).isEqualTo(1);
    assertThat(file.output()).contains("a;b", "some.sql, line 3").doesNotContain("never");
    assertThat(input.exitCode()).isEqualTo(1);
    assertThat(input.output()).contains("a;b", "line 3, column 8").doesNotContain("never");
  }

  @Test
  void leavesNoMoreRowsThanWanted() {
    Shell.Result result = run("--max-rows 2 -e 'SELECT path FROM pages'");

    assertThat(result.output()).contains("(2 rows,", "There are more");
  }

  @Test
  void answersEveryExampleOfTheConsole() {
    try (TestBrowser browser = TestBrowser.startOrSkip();
        BrowserWindow window = browser.open(millrace.url(), 1360, ColorScheme.LIGHT).go("/sql")) {
      int examples =
          ((Number) window.evaluate("document.querySelectorAll('#examples button').length"))
              .intValue();
      assertThat(examples).isPositive();
      for (int i = 1; i <= examples; i++) {
        window.page().click("#examples li:nth-child(" + i + ") button");
        window.page().click("#run");
        if (isFollowing(window)) {
          window.awaitTrue(
              "document.getElementById('summary').textContent.includes('more as they come')");
          window.page().click("#stop");
        }
        window.awaitTrue(
            "!document.getElementById('run').disabled"
                + " && document.getElementById('summary').textContent !== 'Running…'");
        assertThat(window.evaluate("document.getElementById('problem').hidden"))
            .as("%s", window.evaluate("document.body.innerText"))
            .isEqualTo(true);
        if (!isOfClicks(window)) {
          assertThat(window.evaluate("document.querySelectorAll('#rows tbody tr').length"))
              .as("rows of example %d", i)
              .isNotEqualTo(0);
        }
      }
      window.assertNothingToComplainOf();
    }
  }

  private static boolean isFollowing(BrowserWindow window) {
    return statement(window).contains("EMIT CHANGES");
  }

  /** Of which there are none at the moment. */
  private static boolean isOfClicks(BrowserWindow window) {
    return statement(window).contains("FROM clicks");
  }

  private static String statement(BrowserWindow window) {
    return String.valueOf(window.evaluate("document.getElementById('sql').value"));
  }

  private static long number(String output, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(output);
    assertThat(matcher.find()).as("%s in%n%s", pattern, output).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private Shell.Result run(String options) {
    return new Shell(folder, Duration.ofMinutes(1))
        .run("./millrace sql --target " + millrace.url() + " " + options);
  }
}
