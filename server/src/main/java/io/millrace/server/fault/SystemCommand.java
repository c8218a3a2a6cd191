package io.millrace.server.fault;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A tool of the operating system, run to its end within a bound.
 *
 * @param line the tool and its arguments
 */
record SystemCommand(List<String> line) {

  private static final int LIMIT_SECONDS = 30;

  /**
   * How one ended.
   *
   * @param exitCode 0 when it did what it was asked to
   * @param output what it wrote to its output and errors
   */
  record Ending(int exitCode, String output) {}

  SystemCommand {
    line = List.copyOf(line);
  }

  static SystemCommand of(String... words) {
    return new SystemCommand(List.of(words));
  }

  /** Runs it, and gives what it wrote. */
  String run() {
    return run("");
  }

  /** Runs it with a text as its input, and gives what it wrote. */
  String run(String input) {
    Ending ending = end(input);
    if (ending.exitCode() != 0) {
      throw failure("exit code " + ending.exitCode() + ", " + ending.output().strip());
    }
    return ending.output();
  }

  /** Runs it, however it ends. */
  Ending end(String input) {
    try {
      // A file, not a pipe: what it leaves running may keep its output open.
      Path output = Files.createTempFile("millrace-fault", ".txt");
      try {
        Process process =
            new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        write(process, input);
        if (!hasEnded(process)) {
          process.destroyForcibly();
          throw failure("no end within " + LIMIT_SECONDS + " s");
        }
        return new Ending(process.exitValue(), Files.readString(output));
      } finally {
        Files.delete(output);
      }
    } catch (IOException problem) {
      throw new ServerException(
          ServerError.FAULT_FAILED, text(String.valueOf(problem.getMessage())), problem);
    }
  }

  /** A thread that is interrupted waits all the same: what is undone must be undone. */
  private static boolean hasEnded(Process process) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stop) {
          isInterrupted = true;
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void write(Process process, String input) throws IOException {
    try (OutputStream stream = process.getOutputStream()) {
      stream.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException notRead) {
      // It ended without having read all of it: its exit code says more.
      if (process.isAlive()) {
        throw notRead;
      }
    }
  }

  private ServerException failure(String why) {
    return new ServerException(ServerError.FAULT_FAILED, text(why));
  }

  private String text(String why) {
    return "Cannot run '%s': %s.".formatted(String.join(" ", line), why);
  }
}
