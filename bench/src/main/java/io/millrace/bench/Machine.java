package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;

/** What there is to know of the machine, without which no figure means anything. */
final class Machine {
  private Machine() {}

  /**
   * The facts as a table.
   *
   * @param program that is measured
   * @param commit that it was built from, as far as known
   */
  static Table facts(Program program, String commit) throws IOException {
    return new Table("Measured on", "what", "value")
        .row("date", LocalDate.now(ZoneOffset.UTC).toString())
        .row("program", program.home().getFileName() + ", commit " + commit)
        .row("caches of classes", hasCaches(program) ? "yes" : "no")
        .row("processor", lineOf("/proc/cpuinfo", "model name"))
        .row("cores", Integer.toString(Runtime.getRuntime().availableProcessors()))
        .row("memory", memory())
        .row("file system of the data", Files.getFileStore(temporary()).type())
        .row("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"))
        .row("JDK", System.getProperty("java.vm.name") + " " + Runtime.version())
        .row("load average before", Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static boolean hasCaches(Program program) throws IOException {
    Path caches = program.home().resolve("cache");
    if (!Files.isDirectory(caches)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(caches)) {
      return files.anyMatch(file -> file.toString().endsWith(".aot"));
    }
  }

  private static String memory() throws IOException {
    String kibibytes = lineOf("/proc/meminfo", "MemTotal").replace("kB", "").strip();
    return String.format(Locale.ROOT, "%.1f GiB", Long.parseLong(kibibytes) / 1024.0 / 1024);
  }

  private static String lineOf(String file, String name) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    }
  }
}
