package io.millrace.bench;

import io.millrace.bench.engine.Clicks;
import io.millrace.model.ClickEvent;
import io.millrace.model.cell.Accumulator;
import io.millrace.model.cell.Distinct;
import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.streams.enrich.Enricher;
import io.millrace.streams.enrich.EnrichmentSources;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Nanoseconds of what is done most often. Of the estimate of visitors, the operations that every
 * partial of every cell needs:
 *
 * <ul>
 *   <li><i>begin</i>: a new accumulator, one value, written: what stage 1 does for a cell that one
 *       visitor met between two commits.
 *   <li><i>merge</i>: a stored accumulator and a partial read, merged, and written again: what
 *       stage 2 does for each partial. Few values are 16, many are 100,000.
 * </ul>
 *
 * <p>And what it takes to decode a click, and to enrich it as well: both the judge's question
 * whether it is a bot's and the enrichment, of 20,000 clicks of few agents and a few thousand
 * networks.
 *
 * <p>One thread, within this process; CPU time, so that a busy machine changes little. Every
 * operation ends in bytes that are summed up, so that none of it can be left out by the compiler.
 */
@Command(name = "micro", description = "Nanoseconds of single operations on cells and clicks.")
final class MicroBenchmark implements Benchmark {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int FEW = 16;
  private static final int MANY = 100_000;
  private static final int CLICKS = 20_000;
  private static final long START = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
  private static final String[] VISITORS =
      IntStream.range(0, MANY).mapToObj(i -> "visitor-" + i).toArray(String[]::new);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "The median of so many is told. Default: ${DEFAULT-VALUE}.")
  private int rounds = 15;

  @Option(
      names = "--round-millis",
      paramLabel = "N",
      description = "How long a round takes. Default: ${DEFAULT-VALUE}.")
  private int roundMillis = 200;

  private final Enricher enricher = new Enricher(EnrichmentSources.load());
  private final byte[][] clicks = clicks();
  private final ByteWriter out = new ByteWriter(8192);
  private int next;
  private long checksum;

  @Override
  public void run(Program program, Report report) {
    byte[] stored = bytes(0, MANY);
    byte[] otherStored = bytes(MANY / 2, MANY);
    byte[] small = bytes(0, FEW);
    byte[] otherSmall = bytes(FEW / 2, FEW + FEW / 2);
    report.step("micro: about " + 7 * rounds * roundMillis / 1_000 + " s");
    report.add(
        new Table("Estimate of visitors", "", "CPU", "bytes written")
            .row("begin: new, one value, write", figures(this::begin))
            .row("merge few into few", figures(() -> merge(small, otherSmall)))
            .row("merge one into many", figures(() -> merge(stored, bytesOfOne())))
            .row("merge few into many", figures(() -> merge(stored, otherSmall)))
            .row("merge many into many", figures(() -> merge(stored, otherStored)))
            .note("Checksum " + Long.toHexString(checksum)));
    report.add(
        new Table("Enrichment of a click", "", "CPU", "characters read")
            .row("decode", figures(this::decode))
            .row("decode, ask whether it is a bot's, enrich", figures(this::enrich)));
  }

  private static byte[][] clicks() {
    var encoded = new ArrayList<byte[]>(CLICKS);
    new Clicks(CLICKS, 0, START).forEach(click -> encoded.add(ClickEventCodec.encode(click)));
    return encoded.toArray(byte[][]::new);
  }

  private ClickEvent nextClick() {
    return ClickEventCodec.decode(clicks[next++ % CLICKS]).orThrow();
  }

  private int decode() {
    return nextClick().url().length();
  }

  private int enrich() {
    ClickEvent click = nextClick();
    return enricher.bot(click).isPresent() ? 0 : enricher.enrich(click).path().length();
  }

  private int begin() {
    var distinct = new Distinct();
    distinct.add(VISITORS[next++ % VISITORS.length]);
    out.reset();
    distinct.writeTo(out);
    return out.length();
  }

  private int merge(byte[] stored, byte[] partial) {
    Accumulator merged = Accumulator.read(new ByteReader(stored));
    merged.merge(Accumulator.read(new ByteReader(partial)));
    out.reset();
    merged.writeTo(out);
    return out.length();
  }

  /** Another value each time, as in life; writing it is in what is measured. */
  private byte[] bytesOfOne() {
    int from = next++ % MANY;
    return bytes(from, from + 1);
  }

  private static byte[] bytes(int from, int to) {
    var distinct = new Distinct();
    for (int i = from; i < to; i++) {
      distinct.add(VISITORS[i]);
    }
    var written = new ByteWriter();
    distinct.writeTo(written);
    return written.toBytes();
  }

  private String[] figures(IntSupplier operation) {
    measure(operation);
    long[] nanosPerMillion = new long[rounds];
    for (int round = 0; round < rounds; round++) {
      nanosPerMillion[round] = measure(operation);
    }
    double nanos = Sample.ofNanos(nanosPerMillion).median().toNanos() / 1e6;
    return new String[] {
      String.format(Locale.ROOT, "%,.0f ns", nanos), Text.count((long) operation.getAsInt())
    };
  }

  /** One round; gives the CPU nanoseconds of a million operations. */
  private long measure(IntSupplier operation) {
    long limit = Duration.ofMillis(roundMillis).toNanos();
    long begun = THREADS.getCurrentThreadCpuTime();
    long took = 0;
    long operations = 0;
    while (took < limit) {
      for (int i = 0; i < 100; i++) {
        checksum += operation.getAsInt();
      }
      operations += 100;
      took = THREADS.getCurrentThreadCpuTime() - begun;
    }
    return (long) (took * 1e6 / operations);
  }
}
