package io.millrace.testing.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands as a person would type them into a shell in one folder, but stricter: the first
 * command that fails ends them, and {@code curl} fails where the answer is an error.
 *
 * @param patience how long the commands of one call may take
 */
public record Shell(Path folder, Duration patience) {
  private static final String STRICT =
      "set -euo pipefail; curl() { command curl --silent --show-error --fail-with-body \"$@\"; }\n";

  /**
   * How commands ended.
   *
   * @param exitCode that of the last command
   * @param output everything they wrote
   */
  public record Result(int exitCode, String output) {}

  /** Runs the commands to their end, which has to come in time. */
  public Result run(String commands) {
    try {
      Path output = Files.createTempFile("shell-output", ".txt");
      Process process =
          new ProcessBuilder("bash", "-c", STRICT + commands)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        String text = Files.readString(output, StandardCharsets.UTF_8);
        if (!ended) {
          throw new AssertionError("runs longer than " + patience + ":\n" + commands + text);
        }
        return new Result(process.exitValue(), text);
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        Files.deleteIfExists(output);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while a shell ran", stopped);
    }
  }
}
