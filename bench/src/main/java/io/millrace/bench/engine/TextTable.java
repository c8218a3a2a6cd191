package io.millrace.bench.engine;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about a text, found again by the text's characters where a parser has them, so
 * that no string is made of a text that has been met before. Bounded: each text has one place that
 * it shares with others, and the latest stays. Belongs to one thread.
 *
 * @param <T> what is found out
 */
final class TextTable<T> {
  private final Function<String, T> finder;
  private final @Nullable Entry<T>[] entries;

  private record Entry<T>(char[] text, T value) {}

  /**
   * An empty table.
   *
   * @param size a power of two
   */
  @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of a generic type
  TextTable(int size, Function<String, T> finder) {
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("size: expected a power of two, got " + size);
    }
    this.finder = finder;
    this.entries = new Entry[size];
  }

  T of(char[] buffer, int offset, int length) {
    int place = hash(buffer, offset, length) & (entries.length - 1);
    Entry<T> entry = entries[place];
    if (entry == null
        || !Arrays.equals(entry.text, 0, entry.text.length, buffer, offset, offset + length)) {
      char[] text = Arrays.copyOfRange(buffer, offset, offset + length);
      entry = new Entry<>(text, finder.apply(new String(text)));
      entries[place] = entry;
    }
    return entry.value;
  }

  private static int hash(char[] buffer, int offset, int length) {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + buffer[i];
    }
    return hash ^ (hash >>> 15);
  }
}
