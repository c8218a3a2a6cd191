package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.RunningInstance;
import io.millrace.testing.harness.TestEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A site says by command, while the program runs, when its sessions end. */
@Tag("long")
@Timeout(300)
class SiteInactivityIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void aCommandChangesWhenSessionsEndAndARestartDoesNotForgetIt(@TempDir Path folder) {
    Instant first = Instant.now().minus(Duration.ofHours(3));
    Instant second = first.plus(Duration.ofMinutes(20));
    try (RunningInstance millrace = RunningInstance.start(folder)) {
      // Given: twenty minutes apart is one session
      send(millrace, "usual", first, second);
      millrace.awaitAccounted(2);
      assertThat(sessions(millrace)).isEqualTo(1);

      // When
      String said = site(millrace, "--session-inactivity", "10m");

      // Then
      assertThat(said).contains("session inactivity: 10m for events received from ");
      Instant from = Instant.parse(said.strip().substring(said.strip().lastIndexOf(' ') + 1));
      await("the change is in force")
          .atMost(PATIENCE)
          .until(() -> Instant.now().isAfter(from.plusMillis(100)));
      send(millrace, "changed", first, second);
      millrace.awaitAccounted(4);
      assertThat(sessions(millrace)).isEqualTo(3);
    }

    // When
    try (RunningInstance millrace = RunningInstance.start(folder)) {
      // Then
      assertThat(site(millrace)).contains("session inactivity: 10m");
      send(millrace, "restarted", first, second);
      millrace.awaitAccounted(6);
      assertThat(sessions(millrace)).isEqualTo(5);
    }
  }

  @Test
  void whatCannotBeIsRefused(@TempDir Path folder) {
    try (RunningInstance millrace = RunningInstance.start(folder)) {
      assertThat(refused(millrace, RunningInstance.SITE, "--session-inactivity", "30s"))
          .contains("--session-inactivity: expected 1 minute to 4 hours, got PT30S");
      assertThat(refused(millrace, "else.example")).contains("there is no site 'else.example'");
    }
  }

  private static void send(RunningInstance millrace, String visitor, Instant... times) {
    for (int i = 0; i < times.length; i++) {
      millrace
          .http()
          .postEvents(
              RunningInstance.KEY, new TestEvent(visitor + i, visitor, "/", times[i]).json());
    }
  }

  private static long sessions(RunningInstance millrace) {
    return millrace
        .views()
        .sums("session_totals", "site=" + RunningInstance.SITE + "&grain=day", "time", "sessions")
        .values()
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static String site(RunningInstance millrace, String... options) {
    try (ChildJvm site = start(millrace, RunningInstance.SITE, options)) {
      assertThat(site.awaitExit(PATIENCE)).as(site.output() + site.errors()).isZero();
      return site.output();
    }
  }

  private static String refused(RunningInstance millrace, String id, String... options) {
    try (ChildJvm site = start(millrace, id, options)) {
      assertThat(site.awaitExit(PATIENCE)).isEqualTo(2);
      return site.errors();
    }
  }

  private static ChildJvm start(RunningInstance millrace, String id, String... options) {
    var words =
        new ArrayList<>(List.of("site", id, "--kafka", millrace.local().bootstrapServers()));
    words.addAll(List.of(options));
    return ChildJvm.millrace(words.toArray(String[]::new));
  }
}
