package io.millrace.model.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CellTest {

  @Property(tries = 200)
  void contributionsMergeInAnyOrderAndGrouping(
      @ForAll @Size(max = 60) List<Long> numbers, @ForAll long seed) {
    Cell oneByOne = cellOf(numbers);

    var shuffled = new ArrayList<>(numbers);
    Collections.shuffle(shuffled, new Random(seed));
    int cut = shuffled.isEmpty() ? 0 : Math.floorMod((int) seed, shuffled.size());
    Cell left = cellOf(shuffled.subList(0, cut));
    Cell right = cellOf(shuffled.subList(cut, shuffled.size()));
    Cell leftFirst = throughBytes(left);
    leftFirst.merge(throughBytes(right));
    Cell rightFirst = throughBytes(right);
    rightFirst.merge(left);

    assertThat(values(leftFirst)).isEqualTo(values(oneByOne));
    assertThat(values(rightFirst)).isEqualTo(values(oneByOne));
  }

  @Property(tries = 200)
  void anEmptyCellChangesNothing(@ForAll @Size(max = 20) List<Long> numbers) {
    Cell cell = cellOf(numbers);
    List<Number> before = values(cell);

    cell.merge(cellOf(List.of()));

    assertThat(values(cell)).isEqualTo(before);
  }

  @Property(tries = 100)
  void theExactAggregatesAreThoseOfPlainArithmetic(
      @ForAll @Size(min = 1, max = 60) List<Integer> numbers) {
    Cell cell = cellOf(numbers.stream().map(Integer::longValue).toList());

    assertThat(cell.value(0)).isEqualTo(numbers.stream().mapToLong(Integer::longValue).sum());
    assertThat(cell.value(1)).isEqualTo((long) Collections.min(numbers));
    assertThat(cell.value(2)).isEqualTo((long) Collections.max(numbers));
    assertThat(cell.value(3).doubleValue()).isCloseTo(new HashSet<>(numbers).size(), within(0.01));
  }

  @Test
  void manyDistinctValuesAreWithinThreeErrorsOfTheTruth() {
    var merged = new Distinct();
    for (int part = 0; part < 10; part++) {
      var distinct = new Distinct();
      for (int i = 0; i < 20_000; i++) {
        distinct.add("visitor-" + (part * 10_000 + i));
      }
      merged.merge(distinct);
    }
    double truth = 110_000;
    assertThat(merged.value()).isCloseTo(truth, within(3 * Distinct.RELATIVE_ERROR * truth));
  }

  @Property(tries = 500)
  void keysSurviveTheirBytes(@ForAll long window, @ForAll @Size(max = 4) List<String> dimensions) {
    var valid = dimensions.stream().map(CellTest::unicode).toList();
    var key = new CellKey("pages", Grain.HOUR, "shop.example", window, valid);

    assertThat(CellKey.parse(key.toBytes())).isEqualTo(key);
  }

  @Property(tries = 500)
  void keysOfASiteAreInTheOrderOfTheirWindows(
      @ForAll long first, @ForAll long second, @ForAll String one, @ForAll String other) {
    byte[] a = new CellKey("pages", Grain.MINUTE, "s", first, List.of(unicode(one))).toBytes();
    byte[] b = new CellKey("pages", Grain.MINUTE, "s", second, List.of(unicode(other))).toBytes();

    if (first != second) {
      assertThat(Integer.signum(Arrays.compareUnsigned(a, b)))
          .isEqualTo(Long.compare(first, second));
    }
  }

  @Test
  void windowsBeginAtWholeUnitsAlsoBefore1970() {
    assertThat(Grain.MINUTE.windowStart(119_999)).isEqualTo(60_000);
    assertThat(Grain.HOUR.windowStart(-1)).isEqualTo(-3_600_000);
    assertThat(Grain.ALL.windowStart(42)).isZero();
    assertThat(Grain.DAY.windowEnd(0)).isEqualTo(86_400_000);
  }

  private static Cell cellOf(List<Long> numbers) {
    List<Supplier<Accumulator>> kinds = List.of(Sum::new, Min::new, Max::new, Distinct::new);
    var cell = new Cell(kinds.stream().map(Supplier::get).toList());
    for (long number : numbers) {
      for (Accumulator accumulator : cell.accumulators()) {
        switch (accumulator) {
          case Sum sum -> sum.add(number);
          case Min min -> min.add(number);
          case Max max -> max.add(number);
          case Distinct distinct -> distinct.add(Long.toString(number));
        }
      }
    }
    return cell;
  }

  private static Cell throughBytes(Cell cell) {
    var out = new ByteWriter();
    cell.writeTo(out);
    return Cell.read(new ByteReader(out.toBytes()));
  }

  private static List<Number> values(Cell cell) {
    return cell.accumulators().stream().map(Accumulator::value).toList();
  }

  private static String unicode(String text) {
    return new String(
        text.codePoints().filter(point -> point < 0xD800 || point > 0xDFFF).toArray(),
        0,
        (int) text.codePoints().filter(point -> point < 0xD800 || point > 0xDFFF).count());
  }
}
