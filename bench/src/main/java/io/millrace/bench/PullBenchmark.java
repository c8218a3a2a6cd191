package io.millrace.bench;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Distinct;
import io.millrace.model.cell.Grain;
import io.millrace.model.cell.LongAccumulator;
import io.millrace.query.sql.SqlLimits;
import io.millrace.query.sql.SqlQueries;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.rocksdb.RocksDBException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Queries in SQL over a month of the view {@code pages}: minutes of the last hours, hours and days,
 * as many cells as asked for, in RocksDB as the program has it. Each query is asked with other
 * values and times each time, as a dashboard does, one after the other, in this process: from the
 * text to the rows, without HTTP and without the moving of cells between processes. CPU is that of
 * the whole process, compiling included, so it says more than time on a machine that does other
 * things too.
 */
@Command(
    name = "pull",
    description = "Queries in SQL over ten million cells: from the text to the rows.")
final class PullBenchmark implements Benchmark {
  private static final int DAYS = 30;
  private static final int HOURS = DAYS * 24;
  private static final int KINDS_OF_CELLS = 1_000;
  private static final Instant END = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant BEGIN = END.minus(DAYS, ChronoUnit.DAYS);
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final String SITE = "shop.example";

  @Option(
      names = "--cells",
      paramLabel = "N",
      description = "About so many. Default: ${DEFAULT-VALUE}.")
  private int cells = 10_000_000;

  @Option(
      names = "--pages",
      paramLabel = "N",
      description = "Groups of each window. Default: ${DEFAULT-VALUE}.")
  private int pages = 10_000;

  @Option(
      names = "--queries",
      paramLabel = "N",
      description = "Of each kind, after a tenth to warm up. Default: ${DEFAULT-VALUE}.")
  private int queries = 300;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "No kind takes longer than this. Default: ${DEFAULT-VALUE}.")
  private int seconds = 20;

  @Override
  public void run(Program program, Report report) throws IOException {
    ViewPlan view = ViewCatalog.builtIn().view("pages").orElseThrow().plan();
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      report.step("pull: writing cells");
      try (var stored = new StoredCells(folder.path())) {
        write(stored, view);
        measure(stored, report);
      } catch (RocksDBException failure) {
        throw new BenchmarkException("RocksDB: " + failure.getMessage());
      }
    }
  }

  private void write(StoredCells stored, ViewPlan view) throws RocksDBException {
    byte[][] kinds = new byte[KINDS_OF_CELLS][];
    for (int kind = 0; kind < KINDS_OF_CELLS; kind++) {
      kinds[kind] = cell(view, kind).toBytes();
    }
    int minutes = Math.max(0, (cells - (HOURS + DAYS) * pages) / pages);
    for (Grain grain : Grain.values()) {
      switch (grain) {
        case MINUTE -> write(stored, grain, END.minus(minutes, ChronoUnit.MINUTES), minutes, kinds);
        case HOUR -> write(stored, grain, BEGIN, HOURS, kinds);
        case DAY -> write(stored, grain, BEGIN, DAYS, kinds);
        case ALL -> {
          // Pages have no such cells.
        }
      }
    }
    stored.finish();
  }

  private static Cell cell(ViewPlan view, int kind) {
    Cell cell = view.emptyCell();
    cell.accumulators()
        .forEach(
            accumulator -> {
              switch (accumulator) {
                case LongAccumulator number -> number.add(1 + kind % 97);
                case Distinct visitors -> {
                  for (int visitor = 0; visitor <= kind % 3; visitor++) {
                    visitors.add("visitor" + kind + visitor);
                  }
                }
                default -> throw new IllegalStateException("pages: an aggregate that is not known");
              }
            });
    return cell;
  }

  private void write(StoredCells stored, Grain grain, Instant from, int windows, byte[][] kinds)
      throws RocksDBException {
    long start = from.toEpochMilli();
    for (int window = 0; window < windows; window++) {
      for (int page = 0; page < pages; page++) {
        var key = new CellKey("pages", grain, SITE, start, List.of(path(page)));
        stored.add(page, key.toBytes(), kinds[(page * 31 + window * 7) % KINDS_OF_CELLS]);
      }
      start = grain.windowEnd(start);
    }
  }

  private static String path(int page) {
    return String.format(Locale.ROOT, "/catalogue/page-%06d", page);
  }

  private void measure(StoredCells stored, Report report) {
    var asked =
        new SqlQueries(
            ViewCatalog::builtIn,
            stored,
            () -> List.of(SITE),
            () -> END,
            new SqlLimits(10_000, 2_000_000, 500_000, Duration.ofSeconds(60)));
    var table =
        new Table(
            String.format(
                Locale.ROOT, "Pull queries over %,d cells, %,d pages", stored.count(), pages),
            "",
            "cells read",
            "first",
            "p50",
            "p99",
            "CPU each",
            "queries");
    add(table, report, asked, "point: one page, one hour", this::point);
    add(table, report, asked, "one page, a day by hours", this::series);
    add(table, report, asked, "top 10 of an hour", this::topOfHour);
    add(table, report, asked, "top 10 of a month", this::topOfMonth);
    add(table, report, asked, "uniques of a month", this::uniquesOfMonth);
    report.add(table);
  }

  private String point(int number) {
    return """
        SELECT SUM(events), MERGE(visitors) FROM pages
        WHERE site = '%s' AND path = '%s'
          AND window_start >= TIMESTAMP '%s' AND window_start < TIMESTAMP '%s'"""
        .formatted(SITE, path(number * 37 % pages), time(number, 0), time(number, 1));
  }

  private String series(int number) {
    return """
        SELECT FLOOR(window_start TO HOUR) AS "hour", SUM(events) FROM pages
        WHERE site = '%s' AND path = '%s'
          AND window_start >= TIMESTAMP '%s' AND window_start < TIMESTAMP '%s'
        GROUP BY 1 ORDER BY 1"""
        .formatted(SITE, path(number * 37 % pages), time(number, 0), time(number, 24));
  }

  private String topOfHour(int number) {
    return top(time(number, 0), time(number, 1));
  }

  private String topOfMonth(int number) {
    return top(time(0, 0), time(0, HOURS)) + " OFFSET " + number % 2;
  }

  private static String top(String from, String to) {
    return """
        SELECT path, SUM(events) AS n FROM pages
        WHERE site = '%s' AND window_start >= TIMESTAMP '%s' AND window_start < TIMESTAMP '%s'
        GROUP BY path ORDER BY n DESC LIMIT 10"""
        .formatted(SITE, from, to);
  }

  private String uniquesOfMonth(int number) {
    return "SELECT MERGE(visitors) FROM pages WHERE site = '%s' AND path = '%s'"
            .formatted(SITE, path(number * 37 % pages))
        + " AND window_start >= TIMESTAMP '%s'".formatted(time(0, 0));
  }

  /** The start of some hour of the month, and hours later. */
  private static String time(int number, int later) {
    int hour = number * 13 % (HOURS - 48);
    return BEGIN
        .plus(hour + (long) later, ChronoUnit.HOURS)
        .toString()
        .replace('T', ' ')
        .replace("Z", "");
  }

  private void add(
      Table table, Report report, SqlQueries asked, String name, IntFunction<String> query) {
    report.step("pull: " + name);
    long first = nanos(asked, query.apply(0));
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    for (int i = 0; i < queries / 10 && System.nanoTime() < end; i++) {
      asked.answer(query.apply(i), asked.maxRows());
    }
    long cellsRead = asked.answer(query.apply(1), asked.maxRows()).cellsScanned();
    var nanos = new long[queries];
    int measured = 0;
    long cpu = PROCESS.getProcessCpuTime();
    while (measured < queries && (measured == 0 || System.nanoTime() < end)) {
      nanos[measured] = nanos(asked, query.apply(measured));
      measured++;
    }
    Duration cpuEach = Duration.ofNanos((PROCESS.getProcessCpuTime() - cpu) / measured);
    Sample sample = Sample.ofNanos(Arrays.copyOf(nanos, measured));
    table.row(
        name,
        Text.count(cellsRead),
        Text.millis(Duration.ofNanos(first)),
        Text.millis(sample.median()),
        Text.millis(sample.quantile(0.99)),
        Text.millis(cpuEach),
        Integer.toString(measured));
  }

  private static long nanos(SqlQueries asked, String sql) {
    long begun = System.nanoTime();
    asked.answer(sql, asked.maxRows());
    return System.nanoTime() - begun;
  }
}
