package io.millrace.bench.micro;

import io.millrace.model.cell.Accumulator;
import io.millrace.model.cell.Distinct;
import io.millrace.model.cell.FrequentItems;
import io.millrace.model.cell.Quantiles;
import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What every partial of every cell needs of a sketch: stage 1 begins one, stage 2 reads the stored
 * one and the partial, merges them, and writes the result. Few values are 16, many are 100,000.
 */
@State(Scope.Thread)
public class SketchMerge {
  private static final int FEW = 16;
  private static final int MANY = 100_000;
  private static final String[] VISITORS =
      IntStream.range(0, MANY).mapToObj(i -> "visitor-" + i).toArray(String[]::new);

  private final byte[] many = visitors(0, MANY);
  private final byte[] otherMany = visitors(MANY / 2, MANY);
  private final byte[] few = visitors(0, FEW);
  private final byte[] otherFew = visitors(FEW / 2, FEW + FEW / 2);
  private final byte[] manyTimes = times(MANY);
  private final byte[] fewTimes = times(FEW);
  private final byte[] manyPages = pages(MANY);
  private final byte[] fewPages = pages(FEW);
  private final ByteWriter out = new ByteWriter(8192);
  private int next;

  private static byte[] visitors(int from, int to) {
    var distinct = new Distinct();
    for (int i = from; i < to; i++) {
      distinct.add(VISITORS[i]);
    }
    return bytes(distinct);
  }

  private static byte[] times(int count) {
    var quantiles = new Quantiles();
    IntStream.range(0, count).forEach(i -> quantiles.add(i * 7919L % 60_000));
    return bytes(quantiles);
  }

  private static byte[] pages(int count) {
    var items = new FrequentItems();
    IntStream.range(0, count).forEach(i -> items.add("/page-" + i % 500));
    return bytes(items);
  }

  private static byte[] bytes(Accumulator accumulator) {
    var written = new ByteWriter();
    accumulator.writeTo(written);
    return written.toBytes();
  }

  /** What stage 1 does for a cell that one visitor met between two commits. */
  @Benchmark
  public int distinctBeginOneWrite() {
    var distinct = new Distinct();
    distinct.add(VISITORS[next++ % MANY]);
    out.reset();
    distinct.writeTo(out);
    return out.length();
  }

  @Benchmark
  public int distinctFewIntoFew() {
    return merge(few, otherFew);
  }

  /** Another value each time, as in life; writing it is in what is measured. */
  @Benchmark
  public int distinctOneIntoMany() {
    int from = next++ % MANY;
    return merge(many, visitors(from, from + 1));
  }

  @Benchmark
  public int distinctFewIntoMany() {
    return merge(many, otherFew);
  }

  @Benchmark
  public int distinctManyIntoMany() {
    return merge(many, otherMany);
  }

  @Benchmark
  public int quantilesFewIntoMany() {
    return merge(manyTimes, fewTimes);
  }

  @Benchmark
  public int frequentItemsFewIntoMany() {
    return merge(manyPages, fewPages);
  }

  private int merge(byte[] stored, byte[] partial) {
    Accumulator merged = Accumulator.read(new ByteReader(stored));
    merged.merge(Accumulator.read(new ByteReader(partial)));
    out.reset();
    merged.writeTo(out);
    return out.length();
  }
}
