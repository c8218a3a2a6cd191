package io.millrace.model.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.codec.ByteWriter;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Sketches against the exact answer, for far more values than they keep. */
class SketchBoundsTest {

  @Property(tries = 30)
  void quantilesAreWithinTheirBoundHoweverTheyCameTogether(
      @ForAll @IntRange(min = 1, max = 30_000) int size, @ForAll long seed) {
    var random = new Random(seed);
    long[] numbers = random.longs(size, -1_000_000, 1_000_000).toArray();
    var quantiles = (Quantiles) Partials.mergedAtRandom(AccumulatorKind.QUANTILES, numbers, random);
    Arrays.sort(numbers);

    assertThat(quantiles.count()).isEqualTo(size);
    for (double rank : new double[] {0.01, 0.25, 0.5, 0.75, 0.95, 0.99}) {
      double found = rankOf(quantiles.quantile(rank), numbers);
      // The bound holds in 99 of 100 cases; twice the bound, in all that will ever be run.
      assertThat(found).isBetween(rank - allowed(size), rank + allowed(size));
    }
    assertThat(quantiles.quantile(0)).isEqualTo(numbers[0]);
    assertThat(quantiles.quantile(1)).isEqualTo(numbers[size - 1]);
  }

  private static double allowed(int size) {
    return 2 * Quantiles.RANK_ERROR + 1.0 / size;
  }

  @Test
  void quantilesOfFewNumbersAreExact() {
    var quantiles = new Quantiles();
    for (long number = 100; number >= 1; number--) {
      quantiles.add(number);
    }
    assertThat(quantiles.quantile(0.5)).isEqualTo(50);
    assertThat(quantiles.quantile(0.95)).isEqualTo(95);
    assertThatThrownBy(() -> new Quantiles().quantile(0.5))
        .isInstanceOf(IllegalStateException.class);
  }

  @Property(tries = 30)
  void frequentTextsAreWithinTheirBoundHoweverTheyCameTogether(
      @ForAll @IntRange(min = 1, max = 30_000) int size, @ForAll long seed) {
    // Given: a few that are frequent, and a long tail.
    var random = new Random(seed);
    long[] values =
        random.longs(size, 0, 20_000).map(value -> value < 8_000 ? value % 20 : value).toArray();
    Map<String, Long> truth = new HashMap<>();
    for (long value : values) {
      truth.merge("text-" + value, 1L, Long::sum);
    }

    // When
    var items =
        (FrequentItems) Partials.mergedAtRandom(AccumulatorKind.FREQUENT_ITEMS, values, random);

    // Then
    assertThat(items.error()).isLessThanOrEqualTo((long) (FrequentItems.RELATIVE_ERROR * size));
    Map<String, Long> found = new HashMap<>();
    for (FrequentItems.Item item : items.top(Integer.MAX_VALUE)) {
      found.put(item.value(), item.count());
      assertThat(truth.get(item.value())).isBetween(item.count() - items.error(), item.count());
    }
    truth.forEach(
        (text, count) -> {
          if (count > items.error()) {
            assertThat(found).containsKey(text);
          }
        });
  }

  @Test
  void fewTextsAreCountedExactlyAndEquallyFrequentOnesByName() {
    var items = new FrequentItems();
    for (String text : new String[] {"b", "a", "c", "c", ""}) {
      items.add(text);
    }
    assertThat(items.error()).isZero();
    assertThat(items.top(2))
        .containsExactly(new FrequentItems.Item("c", 2), new FrequentItems.Item("a", 1));
  }

  @Test
  void longTextsAreCutWithoutSplittingACharacter() {
    var items = new FrequentItems();
    items.add("x".repeat(FrequentItems.LONGEST - 1) + "😀😀");
    items.add("y".repeat(100_000));

    var read = (FrequentItems) Partials.read(Partials.bytes(items));

    assertThat(read.top(2).stream().map(FrequentItems.Item::value))
        .containsExactly("x".repeat(FrequentItems.LONGEST - 1), "y".repeat(FrequentItems.LONGEST));
  }

  @Property(tries = 200)
  void countsOfTextsEndAtTheirMostAndCanStillBeReadAndMerged(
      @ForAll @Size(min = 2, max = 30) List<@LongRange(min = 1, max = 1L << 53) Long> counts,
      @ForAll @IntRange(min = 1, max = 400) int texts) {
    // Given
    var exact = new HashMap<String, BigInteger>();
    var merged = new FrequentItems();

    // When
    for (int i = 0; i < counts.size(); i++) {
      var partial = new ByteWriter();
      partial.writeByte(FrequentItems.KIND);
      partial.writeLong(0);
      int size = Math.min(texts, FrequentItems.CAPACITY);
      partial.writeLong(size);
      for (int text = 0; text < size; text++) {
        String name = "text-" + (i * size + text) % texts;
        partial.writeString(name);
        partial.writeLong(counts.get(i));
        exact.merge(name, BigInteger.valueOf(counts.get(i)), BigInteger::add);
      }
      merged.merge(Partials.read(partial.toBytes()));
      merged.add("text-0");
      exact.merge("text-0", BigInteger.ONE, BigInteger::add);
      // Stage 2 reads the cell that it has written.
      merged = (FrequentItems) Partials.read(Partials.bytes(merged));
    }

    // Then
    var most = BigInteger.valueOf(FrequentItems.MOST_COUNTED);
    assertThat(merged.error()).isBetween(0L, FrequentItems.MOST_COUNTED);
    for (FrequentItems.Item item : merged.top(Integer.MAX_VALUE)) {
      BigInteger least = exact.getOrDefault(item.value(), BigInteger.ZERO).min(most);
      assertThat(BigInteger.valueOf(item.count())).isGreaterThanOrEqualTo(least);
    }
    if (texts <= FrequentItems.CAPACITY / 2) {
      assertThat(merged.top(Integer.MAX_VALUE))
          .allSatisfy(
              item ->
                  assertThat(BigInteger.valueOf(item.count()))
                      .isEqualTo(exact.getOrDefault(item.value(), BigInteger.ZERO).min(most)));
    }
  }

  /** The share of the numbers that one does not exceed. */
  private static double rankOf(long number, long[] sorted) {
    int below = 0;
    while (below < sorted.length && sorted[below] <= number) {
      below++;
    }
    return (double) below / sorted.length;
  }
}
