package io.millrace.model.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CellTest {

  @Property(tries = 100)
  void eachAccumulatorIsMergedWithItsCounterpart(
      @ForAll @Size(max = 60) List<Long> one, @ForAll @Size(max = 60) List<Long> other) {
    Cell merged = Cell.parse(cellOf(one).toBytes());
    merged.merge(cellOf(other));

    var together = new ArrayList<>(one);
    together.addAll(other);
    assertThat(results(merged)).isEqualTo(results(cellOf(together)));
  }

  @Test
  void aCellOfAnotherShapeIsNotMerged() {
    var counts = new Cell(List.of(LongAccumulator.sum(), LongAccumulator.sum()));
    var extremes = new Cell(List.of(LongAccumulator.sum(), LongAccumulator.max()));
    var longer = new Cell(List.of(LongAccumulator.sum()));

    assertThat(counts.hasShapeOf(Cell.parse(counts.toBytes()))).isTrue();
    assertThat(counts.hasShapeOf(extremes)).isFalse();
    assertThat(counts.hasShapeOf(longer)).isFalse();
    assertThatThrownBy(() -> counts.merge(longer)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> counts.merge(extremes)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyAWholeNumberIsReadAsOne() {
    var cell = new Cell(List.of(LongAccumulator.sum(), new Distinct()));

    assertThat(cell.value(0)).isZero();
    assertThatThrownBy(() -> cell.value(1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPartialMayTakeBackWhatAnotherAdded() {
    // Given
    var added = new Cell(List.of(LongAccumulator.sum(), new Mean()));
    ((LongAccumulator) added.accumulators().get(0)).add(3);
    ((Mean) added.accumulators().get(1)).add(3);
    var takenBack = new Cell(List.of(LongAccumulator.sum(), new Mean()));
    ((LongAccumulator) takenBack.accumulators().get(0)).add(-3);
    ((Mean) takenBack.accumulators().get(1)).remove(3);

    // When
    Cell merged = Cell.parse(takenBack.toBytes());
    assertThat(merged.isNothing()).isFalse();
    merged.merge(Cell.parse(added.toBytes()));

    // Then
    assertThat(merged.isNothing()).isTrue();
  }

  @Test
  void aCellOfWhatCannotBeTakenBackIsNeverNothing() {
    assertThat(new Cell(List.of(LongAccumulator.sum(), new Distinct())).isNothing()).isFalse();
    assertThat(new Cell(List.of(LongAccumulator.max())).isNothing()).isFalse();
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
    long[] values = numbers.stream().mapToLong(Long::longValue).toArray();
    return new Cell(Arrays.stream(AccumulatorKind.values()).map(kind -> kind.of(values)).toList());
  }

  private static List<Object> results(Cell cell) {
    return Arrays.stream(AccumulatorKind.values())
        .map(kind -> kind.result(cell.accumulators().get(kind.ordinal())))
        .toList();
  }

  private static String unicode(String text) {
    return new String(
        text.codePoints().filter(point -> point < 0xD800 || point > 0xDFFF).toArray(),
        0,
        (int) text.codePoints().filter(point -> point < 0xD800 || point > 0xDFFF).count());
  }
}
