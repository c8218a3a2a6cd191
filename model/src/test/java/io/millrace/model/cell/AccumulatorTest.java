package io.millrace.model.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.MalformedBytesException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What holds for every kind of accumulator. */
class AccumulatorTest {
  private static final List<AccumulatorKind> KINDS = List.of(AccumulatorKind.values());

  @Property(tries = 300)
  void anyOrderAndGroupingOfFewValuesGivesTheSame(
      @ForAll @Size(max = 60) List<@IntRange(min = -50, max = 50) Integer> numbers,
      @ForAll long seed) {
    long[] values = numbers.stream().mapToLong(Integer::longValue).toArray();
    for (AccumulatorKind kind : KINDS) {
      Object expected = kind.result(kind.of(values));

      assertThat(kind.result(Partials.mergedAtRandom(kind, values, new Random(seed))))
          .as(kind.name())
          .isEqualTo(expected);
    }
  }

  @Property(tries = 200)
  void mergingIsAssociativeAndCommutative(
      @ForAll @Size(max = 20) List<Long> one,
      @ForAll @Size(max = 20) List<Long> two,
      @ForAll @Size(max = 20) List<Long> three) {
    for (AccumulatorKind kind : KINDS) {
      Accumulator leftFirst = kind.of(longs(one));
      leftFirst.merge(kind.of(longs(two)));
      leftFirst.merge(kind.of(longs(three)));
      Accumulator right = kind.of(longs(two));
      right.merge(kind.of(longs(three)));
      Accumulator rightFirst = kind.of(longs(one));
      rightFirst.merge(right);
      Accumulator turned = kind.of(longs(three));
      turned.merge(kind.of(longs(two)));
      turned.merge(kind.of(longs(one)));

      assertThat(kind.result(leftFirst)).as(kind.name()).isEqualTo(kind.result(rightFirst));
      assertThat(kind.result(leftFirst)).as(kind.name()).isEqualTo(kind.result(turned));
    }
  }

  @Property(tries = 100)
  void nothingIsTheNeutralElementAndTheOtherIsLeftAsItIs(
      @ForAll @IntRange(max = 600) int size, @ForAll long seed) {
    long[] values = new Random(seed).longs(size, 0, 1_000).toArray();
    for (AccumulatorKind kind : KINDS) {
      Accumulator gathered = kind.of(values);
      Object expected = kind.result(gathered);
      Accumulator fromNothing = kind.empty();

      gathered.merge(kind.empty());
      fromNothing.merge(gathered);
      fromNothing.merge(kind.of(1, 2, 3));

      assertThat(kind.result(gathered)).as(kind.name()).isEqualTo(expected);
    }
  }

  @Property(tries = 100)
  void everyStateSurvivesItsBytes(@ForAll @IntRange(max = 5_000) int size, @ForAll long seed) {
    long[] values = new Random(seed).longs(size, 0, 3_000).toArray();
    for (AccumulatorKind kind : KINDS) {
      Accumulator gathered = kind.of(values);
      byte[] bytes = Partials.bytes(gathered);
      Accumulator read = Partials.read(bytes);

      assertThat(kind.result(read)).as(kind.name()).isEqualTo(kind.result(gathered));
      assertThat(kind.result(Partials.read(Partials.bytes(read))))
          .as(kind.name())
          .isEqualTo(kind.result(gathered));
    }
  }

  @Test
  void theirBytesAreBounded() {
    long[] values = LongStream.range(0, 300_000).toArray();
    for (AccumulatorKind kind : KINDS) {
      assertThat(Partials.bytes(kind.of(values)).length).as(kind.name()).isLessThan(12_000);
    }
  }

  /** Stored cells and partials on their way outlive the program that wrote them. */
  @Test
  void theBytesOfEachKindStayWhatTheyAre() {
    assertThat(hex(AccumulatorKind.SUM)).isEqualTo("010a");
    assertThat(hex(AccumulatorKind.MIN)).isEqualTo("0204");
    assertThat(hex(AccumulatorKind.MAX)).isEqualTo("0306");
    assertThat(hex(AccumulatorKind.DISTINCT)).isEqualTo("05040541e46f8e8be1bbbc00");
    assertThat(hex(AccumulatorKind.MEAN)).isEqualTo("060a04");
    assertThat(hex(AccumulatorKind.FREQUENT_ITEMS)).startsWith("080004");
  }

  @Test
  void whatIsNoAccumulatorIsRefused() {
    for (int kind : new int[] {0, 4, 9, -1}) {
      assertThatThrownBy(() -> Partials.read(new byte[] {(byte) kind, 2, 2}))
          .isInstanceOf(MalformedBytesException.class)
          .hasMessageContaining("no accumulator has the number " + kind);
    }
  }

  @Test
  void kindsAreNotMixed() {
    for (AccumulatorKind one : KINDS) {
      for (AccumulatorKind other : KINDS) {
        if (one != other) {
          assertThatThrownBy(() -> one.empty().merge(other.empty()))
              .as(one + " and " + other)
              .isInstanceOf(IllegalArgumentException.class);
        }
      }
    }
  }

  @Property(tries = 3_000)
  void hostileBytesAreRefusedOrHarmless(
      @ForAll AccumulatorKind kind,
      @ForAll @IntRange(max = 1_500) int size,
      @ForAll @IntRange(min = 1, max = 6) int changes,
      @ForAll long seed) {
    var random = new Random(seed);
    byte[] bytes = Partials.bytes(kind.of(random.longs(size, 0, 2_000).toArray()));
    for (int change = 0; change < changes; change++) {
      // Most of what is checked stands in the first bytes.
      int range = random.nextBoolean() ? Math.min(bytes.length, 48) : bytes.length;
      bytes[1 + random.nextInt(range - 1)] = (byte) random.nextInt();
    }
    if (random.nextInt(4) == 0) {
      bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length + 8));
    }
    assertHarmless(kind, bytes);
  }

  @Property(tries = 2_000)
  void anyBytesAreRefusedOrHarmless(
      @ForAll AccumulatorKind kind, @ForAll @Size(max = 200) byte[] rest) {
    byte[] bytes = new byte[rest.length + 1];
    bytes[0] = kind.empty().kind();
    System.arraycopy(rest, 0, bytes, 1, rest.length);
    assertHarmless(kind, bytes);
  }

  private static void assertHarmless(AccumulatorKind kind, byte[] bytes) {
    Accumulator read;
    try {
      read = Accumulator.read(new ByteReader(bytes));
    } catch (MalformedBytesException refused) {
      return;
    }
    assertThatCode(
            () -> {
              kind.result(read);
              Accumulator merged = kind.of(1, 2, 3);
              merged.merge(read);
              read.merge(merged);
              kind.result(read);
              kind.result(Partials.read(Partials.bytes(read)));
            })
        .as(kind + " " + HexFormat.of().formatHex(bytes))
        .doesNotThrowAnyException();
  }

  private static String hex(AccumulatorKind kind) {
    return HexFormat.of().formatHex(Partials.bytes(kind.of(2, 3)));
  }

  private static long[] longs(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }
}
