package io.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GroupScanTest {
  private static final long START = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
  private static final long HOUR = 3_600_000L;
  private static final List<String> TEXTS = List.of("", "a", "a\0", "a\0b", "ab", "b");

  /** A cell of some window and group. */
  private static CellKey key(int number) {
    return new CellKey(
        "v",
        number % 7 == 0 ? Grain.DAY : Grain.HOUR,
        number % 5 == 0 ? "other" : "s",
        START + HOUR * (number / 36 % 20),
        List.of(TEXTS.get(number % 6), TEXTS.get(number / 6 % 6)));
  }

  @Property
  void findsWhatReadingEverythingFinds(
      @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 9_999) Integer> numbers,
      @ForAll @IntRange(min = 0, max = 20) int from,
      @ForAll @IntRange(min = 0, max = 20) int to,
      @ForAll @IntRange(min = 0, max = 35) int wanted,
      @ForAll boolean isWhole) {
    var cells = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
    numbers.forEach(number -> cells.put(key(number).toBytes(), new byte[0]));
    CellKey like = key(wanted);
    List<String> group = isWhole ? like.dimensions() : like.dimensions().subList(0, 1);
    long first = from == 0 ? Long.MIN_VALUE : START + HOUR * from;
    long last = to == 0 ? Long.MAX_VALUE : START + HOUR * to;

    List<CellKey> found = found(cells, group, first, last).keys();

    assertThat(found)
        .containsExactlyElementsOf(
            cells.keySet().stream()
                .map(CellKey::parse)
                .filter(key -> key.grain() == Grain.HOUR && key.site().equals("s"))
                .filter(key -> key.windowStart() >= first && key.windowStart() < last)
                .filter(key -> key.dimensions().subList(0, group.size()).equals(group))
                .toList());
  }

  @Test
  void readsLittleOfManyGroups() {
    var cells = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
    for (int hour = 0; hour < 24; hour++) {
      for (int page = 1_000; page < 2_000; page++) {
        cells.put(
            new CellKey("v", Grain.HOUR, "s", START + HOUR * hour, List.of("/" + page)).toBytes(),
            new byte[0]);
      }
    }

    Found found = found(cells, List.of("/1500"), Long.MIN_VALUE, Long.MAX_VALUE);

    assertThat(found.keys()).hasSize(24);
    assertThat(found.entriesRead()).isLessThan(80);
  }

  private record Found(List<CellKey> keys, int entriesRead) {}

  private static Found found(
      NavigableMap<byte[], byte[]> cells, List<String> group, long from, long to) {
    var keys = new ArrayList<CellKey>();
    var read = new int[1];
    GroupScan.scan(
        (first, last, receiver) -> {
          if (Arrays.compareUnsigned(first, last) >= 0) {
            return;
          }
          for (var entry : cells.subMap(first, last).entrySet()) {
            read[0]++;
            if (!receiver.test(entry.getKey(), entry.getValue())) {
              return;
            }
          }
        },
        "v",
        Grain.HOUR,
        "s",
        from,
        to,
        group,
        (key, cell) -> keys.add(CellKey.parse(key)));
    return new Found(keys, read[0]);
  }
}
