package io.millrace.testing.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Looks for planted secrets wherever a program could let them out. Whoever adds a secret to the
 * configuration plants a {@link Canary} there, and adds it to those of {@code HostileInputIT} or
 * {@code HttpHardeningIT}.
 */
public final class SecretScan {
  private static final int LIMIT_SECONDS = 60;

  private final List<Canary> canaries;
  private final List<String> hits = new ArrayList<>();
  private long scanned;

  /** Looks for these. */
  public SecretScan(List<Canary> canaries) {
    this.canaries = List.copyOf(canaries);
  }

  /** What was found, as "secret of … in …". */
  public List<String> hits() {
    return List.copyOf(hits);
  }

  /** How many bytes were looked through: a scan of nothing finds nothing. */
  public long scanned() {
    return scanned;
  }

  /** Looks through a text. */
  public void text(String where, String text) {
    scanned += text.length();
    for (Canary canary : canaries) {
      if (canary.forms().stream().anyMatch(text::contains)) {
        hits.add("secret of " + canary.place() + " in " + where);
      }
    }
  }

  /** Every file below a folder, whatever it is: logs, settings, the segments of topics. */
  public void files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(Files::isRegularFile).filter(file -> !isLock(file)).forEach(this::file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** To close one would give up the lock that an instance in this process holds. */
  private static boolean isLock(Path file) {
    return file.endsWith("millrace.lock");
  }

  private void file(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      text(file.toString(), new String(bytes, 0, endOf(bytes), StandardCharsets.ISO_8859_1));
    } catch (IOException gone) {
      // Files of a running program come and go.
    }
  }

  /** Where the zeros begin with which a broker makes room for indexes, 10 MiB for each. */
  private static int endOf(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }

  /** What everyone on the machine can read of a process and its children: their arguments. */
  public void arguments(long pid) {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    Stream.concat(Stream.of(process), process.descendants())
        .forEach(each -> argumentsOf(each.pid()));
  }

  private void argumentsOf(long pid) {
    try {
      text(
          "the arguments of process " + pid,
          Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1)
              .replace('\0', ' '));
    } catch (IOException ended) {
      // It has none any more.
    }
  }

  /**
   * Names of threads and what they do, as support is sent them. They go through a file: this very
   * process may be the one asked, and stands still until all of its answer is taken.
   */
  public void threads(long pid) throws IOException {
    Path dump = Files.createTempFile("millrace-threads", ".txt");
    try {
      int exitCode = jcmd(dump, Long.toString(pid), "Thread.print");
      String threads = Files.readString(dump, StandardCharsets.ISO_8859_1);
      if (exitCode != 0) {
        throw new IOException("jcmd ended with " + exitCode + ": " + threads);
      }
      text("the threads of process " + pid, threads);
    } finally {
      Files.delete(dump);
    }
  }

  private static int jcmd(Path output, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.addAll(List.of(arguments));
    Process jcmd =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!jcmd.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("jcmd did not end within " + LIMIT_SECONDS + " s");
      }
      return jcmd.exitValue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while waiting for jcmd", stopped);
    } finally {
      jcmd.destroyForcibly();
    }
  }
}
