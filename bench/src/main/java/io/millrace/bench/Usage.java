package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a process has used, as Linux tells it.
 *
 * @param cpu of all its threads since its start, in user and kernel mode
 * @param proportional its memory with shared pages divided among those who share them (PSS), in
 *     bytes; the figures of several processes can be added
 * @param resident its memory with shared pages counted whole (RSS), in bytes
 */
record Usage(Duration cpu, long proportional, long resident) {

  /** Of a process that runs. */
  static Usage of(ProcessHandle process) throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup"));
    return new Usage(cpuOf(process), bytes(lines, "Pss:"), bytes(lines, "Rss:"));
  }

  /** Its CPU time alone, which is much cheaper to read than its memory. */
  static Duration cpuOf(ProcessHandle process) {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new BenchmarkException("process " + process.pid() + " has ended"));
  }

  /**
   * A line of {@code smaps_rollup}, such as {@code Pss: 12 kB}.
   *
   * @param name with its colon
   */
  static long bytes(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).replace("kB", "").strip())
        .mapToLong(Long::parseLong)
        .map(kibibytes -> kibibytes * 1024)
        .findFirst()
        .orElseThrow(() -> new BenchmarkException("smaps_rollup has no line " + name));
  }

  Usage plus(Usage other) {
    return new Usage(
        cpu.plus(other.cpu), proportional + other.proportional, resident + other.resident);
  }
}
