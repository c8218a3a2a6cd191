package io.millrace.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ShiftedClockTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path folder;

  /** Tells the time, and how long it has run, for each byte that it is sent. */
  static final class Clock {
    private Clock() {}

    public static void main(String[] arguments) throws Exception {
      long start = System.nanoTime();
      while (System.in.read() >= 0) {
        Thread.sleep(10);
        System.out.println(
            System.currentTimeMillis() + " " + (System.nanoTime() - start) / 1_000_000);
      }
    }
  }

  @Test
  void isWrongForARunningJvmAndRightAgainWhileItsIntervalsAreAsEver() throws IOException {
    Optional<String> missing = ShiftedClock.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    ShiftedClock clock = ShiftedClock.create(folder.resolve("shift"));
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx32m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Clock.class.getName());
    builder.environment().putAll(clock.environment());
    Process process = builder.start();
    try (var answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(error(process, answers)).isLessThan(Duration.ofMinutes(1));
      try (Fault ahead = clock.by(HOUR)) {
        ahead.inject();
        await("ahead").atMost(PATIENCE).until(() -> isAbout(error(process, answers), HOUR));
      }
      await("right").atMost(PATIENCE).until(() -> isAbout(error(process, answers), Duration.ZERO));
      try (Fault behind = clock.by(HOUR.negated())) {
        behind.inject();
        await("behind")
            .atMost(PATIENCE)
            .until(() -> isAbout(error(process, answers), HOUR.negated()));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  /** By how much its clock is wrong. */
  private static Duration error(Process process, BufferedReader answers) throws IOException {
    process.getOutputStream().write('.');
    process.getOutputStream().flush();
    String[] words = answers.readLine().split(" ", -1);
    assertThat(Duration.ofMillis(Long.parseLong(words[1]))).isLessThan(Duration.ofMinutes(5));
    return Duration.ofMillis(Long.parseLong(words[0]) - System.currentTimeMillis());
  }

  private static boolean isAbout(Duration error, Duration expected) {
    return error.minus(expected).abs().compareTo(Duration.ofMinutes(1)) < 0;
  }
}
