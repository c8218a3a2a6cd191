package io.millrace.testing.harness;

import io.millrace.server.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A Java program in a process of its own, leader of a process group of its own, so that it can be
 * killed alone or with its children. Killed with its children when closed.
 */
public final class ChildJvm implements AutoCloseable {
  private static final String PROGRAM = "io.millrace.server.Main";
  private static final String BROKER_FLAGS = "millrace.broker.flags";
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /** The exit code of a process that was killed. */
  private static final int KILLED = 128 + 9;

  private final Process process;
  private final Path output;
  private final Path errors;

  private ChildJvm(Process process, Path output, Path errors) {
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  /** Starts a main class with the class path of the tests. */
  public static ChildJvm start(String mainClass, String... arguments) {
    return start(Map.of(), mainClass, arguments);
  }

  private static ChildJvm start(
      Map<String, String> environment, String mainClass, String... arguments) {
    var command = new ArrayList<String>();
    if (canKillGroups()) {
      command.add(SETSID.toString());
    }
    command.addAll(command(mainClass));
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile("millrace-output", ".txt");
      Path errors = Files.createTempFile("millrace-errors", ".txt");
      var builder =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      return new ChildJvm(process, output, errors);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Starts the program itself, as {@code millrace …}. */
  public static ChildJvm millrace(String... arguments) {
    return start(PROGRAM, arguments);
  }

  /** The same with more in its environment, as secrets are given. */
  public static ChildJvm millraceWith(Map<String, String> environment, String... arguments) {
    return start(environment, PROGRAM, arguments);
  }

  /** Writes an executable file that starts the program itself, as {@code ./millrace …} does. */
  public static void writeLauncher(Path file) {
    writeLauncher(file, PROGRAM);
  }

  /** The same for another main class of the class path. */
  public static void writeLauncher(Path file, String mainClass) {
    String words =
        command(mainClass).stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    try {
      Files.writeString(file, "#!/bin/sh\nexec " + words + " \"$@\"\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<String> command(String mainClass) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        // Those of the brokers that it starts.
        "-D" + BROKER_FLAGS + "=" + System.getProperty(BROKER_FLAGS, ""),
        "-cp",
        System.getProperty("java.class.path"),
        mainClass);
  }

  /** Whether this machine has what it takes to make process groups. */
  public static boolean canKillGroups() {
    return Files.isExecutable(SETSID);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Where it serves what is in a data folder, once it does. */
  public Optional<URI> urlIn(Path dataFolder) {
    return DataFolder.ownerOf(dataFolder)
        .filter(owner -> owner.pid() == pid())
        .flatMap(DataFolder.Owner::url)
        .map(URI::create);
  }

  /** Its children that run now: the broker. */
  public List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /** What it has written to standard output. */
  public String output() {
    return text(output);
  }

  /** What it has written to standard error. */
  public String errors() {
    return text(errors);
  }

  /** Its exit code, which has to come in time. */
  public int awaitExit(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still runs after " + patience + ":\n" + output() + errors());
      }
      return process.exitValue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting for a process", stopped);
    }
  }

  /** Asks it to end, as a service manager does, and waits until it has. */
  public int stop(Duration patience) {
    process.destroy();
    return awaitExit(patience);
  }

  /** Kills it with no chance to tidy up, its children not; false if it had ended by itself. */
  public boolean killAlone() {
    process.destroyForcibly();
    return awaitExit(Duration.ofSeconds(30)) == KILLED;
  }

  /**
   * Kills it and its children at once, with no chance to tidy up; false if it had ended by itself.
   */
  public boolean killGroup() {
    return Signals.send("KILL", "-" + process.pid()) && awaitExit(Duration.ofSeconds(30)) == KILLED;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> children = children();
    if (process.isAlive()) {
      process.destroyForcibly();
    }
    children.forEach(ProcessHandle::destroyForcibly);
    try {
      Files.deleteIfExists(output);
      Files.deleteIfExists(errors);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
