package io.millrace.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM beside the test's, which runs a main class of the tests and is killed at the end. */
public final class OtherProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private OtherProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /** Starts the main class with the test's class path. */
  public static OtherProcess run(Class<?> mainClass, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass.getName()));
    command.addAll(List.of(arguments));
    try {
      return new OtherProcess(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** Waits for the next line it prints. */
  public String nextLine() {
    try {
      String line = output.readLine();
      return line == null ? "(ended)" : line;
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Kills it, with no chance to tidy up. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
