package io.millrace.model.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LongAccumulatorTest {

  @Property(tries = 200)
  void theyAreThoseOfPlainArithmetic(@ForAll @Size(min = 1, max = 60) long[] numbers) {
    BigInteger sum =
        Arrays.stream(numbers)
            .mapToObj(BigInteger::valueOf)
            .reduce(BigInteger.ZERO, BigInteger::add);

    assertThat(value(AccumulatorKind.SUM.of(numbers))).isEqualTo(sum.longValue());
    assertThat(value(AccumulatorKind.MIN.of(numbers)))
        .isEqualTo(Arrays.stream(numbers).min().orElseThrow());
    assertThat(value(AccumulatorKind.MAX.of(numbers)))
        .isEqualTo(Arrays.stream(numbers).max().orElseThrow());
    var mean = (Mean) AccumulatorKind.MEAN.of(numbers);
    assertThat(mean.sum()).isEqualTo(sum.longValue());
    assertThat(mean.count()).isEqualTo(numbers.length);
  }

  @Test
  void onlyTheLeastAndGreatestCanBeOfNothing() {
    assertThat(LongAccumulator.min().isOfNothing()).isTrue();
    assertThat(LongAccumulator.max().isOfNothing()).isTrue();
    assertThat(LongAccumulator.sum().isOfNothing()).isFalse();
    assertThat(((LongAccumulator) AccumulatorKind.MIN.of(3)).isOfNothing()).isFalse();
  }

  private static long value(Accumulator accumulator) {
    return ((LongAccumulator) accumulator).value();
  }
}
