package io.millrace.testing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Looks for inputs that no one thought of: Jazzer sees which ways an input goes through the
 * program, and makes others of those that went a new one. For {@code -Dfuzz.minutes=…}, shared
 * among all targets, or the one of {@code -Dfuzz.target=…}.
 *
 * <p>What it learns stays in {@code target/fuzz} for the next run. What it finds is kept there too;
 * a fault that is mended goes with its input into the corpus.
 */
@EnabledIfSystemProperty(named = "fuzz.minutes", matches = ".+")
class LongFuzzTest {
  private static final String ONE = System.getProperty("fuzz.target", "");

  /** To load what is slow to load, such as the rules about user agents. */
  private static final Duration START = Duration.ofMinutes(5);

  @TestFactory
  Stream<DynamicTest> findsNothing() {
    List<FuzzTarget> targets =
        FuzzTargets.all().stream()
            .filter(target -> ONE.isEmpty() || target.name().equals(ONE))
            .toList();
    double minutes = Double.parseDouble(System.getProperty("fuzz.minutes"));
    long seconds = Math.max(1, Math.round(minutes * 60 / targets.size()));
    return targets.stream()
        .map(target -> DynamicTest.dynamicTest(target.name(), () -> run(target, seconds)));
  }

  private void run(FuzzTarget target, long seconds) throws Exception {
    Path folder = Files.createDirectories(Findings.folder(target.name()));
    Path learnt = Files.createDirectories(folder.resolve("learnt"));
    Path seeds = Files.createDirectories(folder.resolve("seeds"));
    for (int i = 0; i < target.seeds().size(); i++) {
      Files.write(seeds.resolve("seed-" + i), target.seeds().get(i));
    }
    Path log = folder.resolve("log.txt");
    Process jazzer =
        new ProcessBuilder(command(target, seconds, folder, learnt, seeds))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(jazzer.waitFor(seconds + START.toSeconds(), TimeUnit.SECONDS))
          .as("ended by itself; see " + log)
          .isTrue();
    } finally {
      jazzer.destroyForcibly();
    }
    assertThat(jazzer.exitValue()).as("findings in " + folder + ", told of in " + log).isZero();
  }

  private static List<String> command(
      FuzzTarget target, long seconds, Path folder, Path learnt, Path seeds) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dfuzz.target=" + target.name(),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + JazzerEntry.class.getName(),
                "--instrumentation_includes=io.millrace.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-max_total_time=" + seconds,
                "-rss_limit_mb=4096",
                "-timeout=600",
                "-print_final_stats=1",
                learnt.toString(),
                seeds.toString()));
    if (Files.isDirectory(Corpus.folder(target.name()))) {
      command.add(Corpus.folder(target.name()).toString());
    }
    if (!target.words().isEmpty()) {
      command.add("-dict=" + Dictionary.write(target, folder.resolve("words.txt")));
    }
    return command;
  }
}
