package io.millrace.model.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DistinctTest {

  /** Around the change of form, and far beyond it. */
  @Property(tries = 60)
  void theSameValuesGiveTheSameBytesWhateverTheirOrderAndGrouping(
      @ForAll @IntRange(min = 200, max = 4_000) int size, @ForAll long seed) {
    var random = new Random(seed);
    long[] values = random.longs(size, 0, 3 * Distinct.MOST_EXACT).toArray();
    byte[] expected = Partials.bytes(AccumulatorKind.DISTINCT.of(values));

    for (int way = 0; way < 5; way++) {
      assertThat(Partials.bytes(Partials.mergedAtRandom(AccumulatorKind.DISTINCT, values, random)))
          .isEqualTo(expected);
    }
  }

  @Property(tries = 100)
  void fewValuesAreCountedExactly(
      @ForAll @IntRange(max = Distinct.MOST_EXACT) int different, @ForAll @IntRange int from) {
    long[] twice = LongStream.range(0, 2L * different).map(i -> from + i % different).toArray();

    assertThat(estimateOf(twice)).isEqualTo(different);
  }

  @Test
  void manyValuesAreWithinTheStatedErrorOfTheTruth() {
    for (int truth : new int[] {300, 1_000, 3_000, 10_000, 20_000, 50_000, 300_000}) {
      int trials = 40;
      double squares = 0;
      double bias = 0;
      for (int trial = 0; trial < trials; trial++) {
        long from = 1_000_000_000L * trial;
        double error = estimateOf(LongStream.range(from, from + truth).toArray()) / truth - 1;
        squares += error * error;
        bias += error;
      }
      // Both with three standard deviations of what 40 trials can tell.
      assertThat(Math.sqrt(squares / trials))
          .as("standard deviation at " + truth)
          .isLessThan(Distinct.RELATIVE_ERROR * (1 + 3 / Math.sqrt(2.0 * trials)));
      assertThat(bias / trials)
          .as("bias at " + truth)
          .isCloseTo(0, within(3 * Distinct.RELATIVE_ERROR / Math.sqrt(trials)));
    }
  }

  @Test
  void aUnionOfManyPartsIsWithinThreeErrorsOfTheTruth() {
    var merged = new Distinct();
    for (int part = 0; part < 10; part++) {
      merged.merge(
          AccumulatorKind.DISTINCT.of(
              LongStream.range(part * 10_000L, part * 10_000L + 20_000).toArray()));
    }
    double truth = 110_000;
    assertThat(merged.estimate()).isCloseTo(truth, within(3 * Distinct.RELATIVE_ERROR * truth));
  }

  @Test
  void anUnknownValueIsNone() {
    var distinct = new Distinct();
    distinct.add("");
    assertThat(distinct.estimate()).isZero();
  }

  @Test
  void oneVisitorTakesSevenBytes() {
    assertThat(Partials.bytes(AccumulatorKind.DISTINCT.of(7))).hasSize(7);
  }

  @Test
  void aRegisterFarAboveTheOthersIsKept() {
    // Given: one register that no four bits hold, among empty ones and among full ones.
    var sparse = new HyperLogLog();
    sparse.add(1);
    var dense = new HyperLogLog();
    for (long register = 0; register < HyperLogLog.REGISTERS; register++) {
      dense.add(register << 28 | 1L << 24);
    }
    dense.add(5L << 28);

    for (HyperLogLog registers : new HyperLogLog[] {sparse, dense}) {
      // When
      var out = new ByteWriter();
      registers.writeTo(out);
      var read = HyperLogLog.read(new ByteReader(out.toBytes()));

      // Then
      var again = new ByteWriter();
      read.writeTo(again);
      assertThat(again.toBytes()).isEqualTo(out.toBytes());
      assertThat(read.estimate()).isEqualTo(registers.estimate());
    }
  }

  @Test
  void hashesThatDoNotAscendAndRegistersThatCannotBeAreRefused() {
    byte[] two = Partials.bytes(AccumulatorKind.DISTINCT.of(1, 2));
    System.arraycopy(two, 2, two, 7, 5);
    byte[] many = Partials.bytes(AccumulatorKind.DISTINCT.of(LongStream.range(0, 300).toArray()));
    many[2] = 20;
    byte[] cutOff = Arrays.copyOf(many, many.length - 2);
    for (byte[] hostile : new byte[][] {two, many, cutOff, {5, (byte) 0x82, 4}}) {
      assertThatThrownBy(() -> Partials.read(hostile)).isInstanceOf(MalformedBytesException.class);
    }
  }

  private static double estimateOf(long[] values) {
    return ((Distinct) AccumulatorKind.DISTINCT.of(values)).estimate();
  }
}
