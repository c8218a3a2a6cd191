package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Lines a second of {@code millrace import}, on a fresh folder.
 *
 * <ul>
 *   <li><i>sending</i>: from the first line read to the last acknowledgement, as the command's own
 *       report tells it.
 *   <li><i>whole command</i>: from its execution to its end, with the start of Kafka, the counting,
 *       the report, the check of the books and the stop.
 * </ul>
 *
 * <p>The example log has 10,000 lines: a file as people try the command with, and so short that the
 * JVM is still warming up when it is done. {@code --log} measures a longer one.
 */
@Command(name = "import", description = "Lines a second of an import.")
final class ImportBenchmark implements Benchmark {
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final Pattern LINES = Pattern.compile("lines read +([0-9,]+)");
  private static final Pattern SENDING = Pattern.compile("Imported .* in ([0-9.]+) s");

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "The median of so many is told. Default: ${DEFAULT-VALUE}.")
  private int runs = 3;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "The access log. Default: the example that is shipped.")
  private @Nullable Path log;

  private record Import(long lines, Duration sending, Duration whole) {}

  @Override
  public void run(Program program, Report report) throws IOException, InterruptedException {
    Path file = log == null ? program.exampleLog() : log.toAbsolutePath();
    var imports = new ArrayList<Import>();
    for (int run = 1; run <= runs; run++) {
      report.step("import: run " + run + " of " + runs);
      imports.add(once(program, file));
    }
    long lines = imports.getFirst().lines();
    Duration sending = Sample.of(imports.stream().map(Import::sending).toList()).median();
    Duration whole = Sample.of(imports.stream().map(Import::whole).toList()).median();
    String title =
        String.format(
            Locale.ROOT, "Import of %s, %,d lines, median of %d", file.getFileName(), lines, runs);
    report.add(
        new Table(title, "", "time", "lines/s")
            .row("sending", Text.seconds(sending), Text.count(Text.perSecond(lines, sending)))
            .row("whole command", Text.seconds(whole), Text.count(Text.perSecond(lines, whole))));
  }

  private static Import once(Program program, Path file) throws IOException, InterruptedException {
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      List<String> arguments =
          List.of("import", file.toString(), "--data", folder.data().toString());
      long begun = System.nanoTime();
      Process process = program.start(folder, arguments);
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        process.destroy();
        throw new BenchmarkException("the import did not end within " + LONGEST);
      }
      Duration whole = Duration.ofNanos(System.nanoTime() - begun);
      String text = folder.output();
      if (process.exitValue() != 0) {
        throw new BenchmarkException("the import failed:\n" + text);
      }
      long lines = Long.parseLong(found(LINES, text).replace(",", ""));
      long sendingMillis = Math.round(Double.parseDouble(found(SENDING, text)) * 1_000);
      return new Import(lines, Duration.ofMillis(sendingMillis), whole);
    }
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new BenchmarkException("the report of the import has no '" + pattern + "':\n" + text);
    }
    return matcher.group(1);
  }
}
