package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.model.cell.Distinct;
import io.millrace.testing.harness.AccessLogOracle;
import io.millrace.testing.harness.BooksAnswer;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.HttpProbe;
import io.millrace.testing.harness.MetricsProbe;
import io.millrace.testing.harness.RunningInstance;
import io.millrace.testing.harness.ViewProbe;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command {@code import} is killed at random moments, again and again, with its broker and
 * without, and then run to its end: every number is that of an import that nobody disturbed.
 */
@Tag("long")
@Timeout(600)
class KillIT {
  private static final int ATTEMPTS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final AccessLogOracle oracle = AccessLogOracle.ofExample();
  private final long seed = Long.getLong("millrace.seed", System.nanoTime());
  private final Random random = new Random(seed);

  /** What is compared. */
  private record Numbers(
      Map<String, Long> pages,
      Map<String, Long> pageViews,
      Map<String, Long> urls,
      Map<String, Long> hours,
      Map<String, Map<String, Long>> sessions,
      Map<String, Long> entryPages,
      Map<String, Long> exitPages,
      Map<String, Long> visitors,
      long counted,
      long bots) {
    static Numbers of(ViewProbe views) {
      String site = "site=" + RunningInstance.SITE;
      BooksAnswer books = views.books();
      assertThat(books.balanced()).as(books.text()).isTrue();
      return new Numbers(
          views.sums("pages", site, "path", "events"),
          views.sums("pages", site, "path", "page_views"),
          views.sums("url_click_counts", "", "url", "clicks"),
          views.sums("traffic", site + "&grain=hour", "time", "events"),
          sessionsByHour(views, site + "&grain=hour"),
          views.sums("entry_pages", site, "entry_page", "sessions"),
          views.sums("exit_pages", site, "exit_page", "sessions"),
          visitorsByHour(views, site + "&grain=hour"),
          books.outcome("counted"),
          books.outcome("bot"));
    }
  }

  private static Map<String, Map<String, Long>> sessionsByHour(ViewProbe views, String hours) {
    var sessions = new TreeMap<String, Map<String, Long>>();
    for (String sum : List.of("sessions", "bounces", "page_views", "duration_ms")) {
      sessions.put(sum, views.sums("session_totals", hours, "time", sum));
    }
    return sessions;
  }

  /** By the hour, in which there are few: each folder has other ids, and so other estimates. */
  private static Map<String, Long> visitorsByHour(ViewProbe views, String hours) {
    Map<String, Long> visitors = views.sums("traffic", hours, "time", "visitors");
    assertThat(visitors.values()).allMatch(count -> count <= Distinct.MOST_EXACT);
    return visitors;
  }

  /** When a process is killed. */
  private enum Moment {
    /** While Kafka or the processing starts. */
    STARTING,
    /** While the log is being read and sent. */
    SENDING,
    /** When all is sent, while it is being counted, or while everything is being closed. */
    COUNTING
  }

  @Test
  void countsTheSameHoweverOftenItWasKilled(@TempDir Path folder, @TempDir Path other)
      throws Exception {
    System.out.println("KillIT: seed " + seed + " (repeat with -Dmillrace.seed=" + seed + ")");
    // Beside the other, since either waits for Kafka half of the time.
    CompletableFuture<Numbers> undisturbed =
        CompletableFuture.supplyAsync(() -> importUndisturbed(other));

    // When
    for (Kill kill : shuffledKills()) {
      kill(folder, kill);
    }
    importToTheEnd(folder);

    // Then
    assertThat(numbersIn(folder)).isEqualTo(undisturbed.get(10, TimeUnit.MINUTES));
  }

  private Numbers importUndisturbed(Path folder) {
    importToTheEnd(folder);
    Numbers numbers = numbersIn(folder);
    assertThat(numbers.counted() + numbers.bots()).isEqualTo(oracle.requests());
    return numbers;
  }

  /**
   * How it is killed.
   *
   * @param isOfBroker whether its broker dies with it
   */
  private record Kill(Moment moment, boolean isOfBroker) {}

  private static boolean killAloneAndAwaitItsBroker(ChildJvm process) {
    List<ProcessHandle> brokers = process.children();
    boolean wasKilled = process.killAlone();
    await("the end of the orphaned broker")
        .atMost(Duration.ofSeconds(60))
        .until(() -> brokers.stream().noneMatch(ProcessHandle::isAlive));
    return wasKilled;
  }

  /** Each moment with each way, in any order. */
  private List<Kill> shuffledKills() {
    var kills = new ArrayList<Kill>();
    for (Moment moment : Moment.values()) {
      kills.add(new Kill(moment, false));
      // Needs setsid.
      kills.add(new Kill(moment, ChildJvm.canKillGroups()));
    }
    Collections.shuffle(kills, random);
    return kills;
  }

  /** Kills an import; begins another where that one was quicker. */
  private void kill(Path folder, Kill kill) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try (ChildJvm process = startImport(folder)) {
        String reached = awaitMoment(process, folder, kill.moment());
        boolean wasKilled =
            kill.isOfBroker() ? process.killGroup() : killAloneAndAwaitItsBroker(process);
        System.out.printf("KillIT: %s: %s, killed: %s%n", kill, reached, wasKilled);
        if (wasKilled) {
          return;
        }
      }
    }
    throw new AssertionError("the import ended " + ATTEMPTS + " times before it was killed");
  }

  private String awaitMoment(ChildJvm process, Path folder, Moment moment) {
    return switch (moment) {
      case STARTING -> awaitStarting(process);
      case SENDING ->
          awaitCount(process, folder, "millrace_collector_events_total", random.nextInt(7_000));
      case COUNTING ->
          awaitCount(process, folder, "millrace_events_judged_total", random.nextInt(9_000));
    };
  }

  private String awaitStarting(ChildJvm process) {
    await("its first words").atMost(PATIENCE).until(() -> process.errors().contains("Starting"));
    int millis = random.nextInt(6_000);
    // Not a wait for something to have happened: any moment will do, and this is one by chance.
    sleep(Duration.ofMillis(millis));
    return millis
        + " ms after its first words: "
        + process.errors().lines().reduce("", (before, last) -> last);
  }

  /** Waits until a counter of a process has passed a number, or until the process has ended. */
  private static String awaitCount(ChildJvm process, Path folder, String metric, long number) {
    await("its address")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !process.isAlive() || process.urlIn(folder).isPresent());
    Optional<URI> url = process.urlIn(folder);
    if (url.isEmpty()) {
      return "before it answered";
    }
    var latest = new AtomicLong();
    try (var metrics = new MetricsProbe(new HttpProbe(url.get()))) {
      await(metric)
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(2))
          .until(
              () -> {
                latest.set(metrics.sum(metric));
                return latest.get() > number || !process.isAlive();
              });
    }
    return metric + " at " + latest.get();
  }

  private static void importToTheEnd(Path folder) {
    try (ChildJvm process = startImport(folder)) {
      int exitCode = process.awaitExit(PATIENCE);
      assertThat(exitCode).as(process.output() + process.errors()).isZero();
    }
  }

  private static ChildJvm startImport(Path folder) {
    return ChildJvm.millrace(
        "import",
        AccessLogOracle.file().toString(),
        "--all",
        "--site",
        RunningInstance.SITE,
        "--data",
        folder.toString());
  }

  private static Numbers numbersIn(Path folder) {
    try (RunningInstance millrace = RunningInstance.start(folder)) {
      millrace.awaitAccounted(millrace.views().books().accepted());
      var ids =
          millrace.topics().enrichedClicks().stream().map(click -> click.click().id()).toList();
      assertThat(ids).as("counted ids").doesNotHaveDuplicates();
      Numbers numbers = Numbers.of(millrace.views());
      assertThat(ids).hasSize((int) numbers.counted());
      return numbers;
    }
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    }
  }
}
