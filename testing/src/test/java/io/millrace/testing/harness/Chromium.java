package io.millrace.testing.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds the machine's own browser. Where there is none, tests that need it are skipped, so that the
 * build works on any machine; in continuous integration that would hide that nothing is tested, so
 * there they fail.
 */
public final class Chromium {
  private static final String MISSING =
      "there is no chromium or google-chrome on the PATH (Debian: apt install chromium)";

  private final Map<String, String> environment;

  Chromium(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The browser's program, or the end of the test that wants it. */
  public static Path orSkip() {
    return new Chromium(System.getenv()).required();
  }

  Path required() {
    Optional<Path> found = find();
    if (found.isEmpty() && "true".equals(environment.get("CI"))) {
      throw new AssertionError("CI=true, but " + MISSING);
    }
    return found.orElseGet(() -> Assumptions.abort("Skipped, because " + MISSING));
  }

  private Optional<Path> find() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name ->
                Pattern.compile(":")
                    .splitAsStream(environment.getOrDefault("PATH", ""))
                    .filter(folder -> !folder.isEmpty())
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
