package io.millrace.model.cell;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.FrequentItemsSketch;

/**
 * The most frequent of texts, and about how often each was there: a frequent-items sketch of Apache
 * DataSketches (Anderson et al. 2017, a variant of Misra and Gries). Exact for up to {@link
 * #CAPACITY} different texts. Beyond that each count is at most {@link #error} too high, which is
 * at most {@link #RELATIVE_ERROR} of all that was counted, and a text that was more frequent than
 * that is never missing. Texts are cut to {@link #LONGEST} characters, so that it stays bounded.
 *
 * <p>As bytes, after the kind: the error, how many texts, and each with what was counted of it.
 */
public final class FrequentItems implements Accumulator {
  static final byte KIND = 8;

  private static final int MAP_SIZE = 256;

  /** So many different texts are counted exactly: three quarters of the sketch's table. */
  public static final int CAPACITY = MAP_SIZE / 4 * 3;

  /** In UTF-16 units; texts that begin with the same so many count as one. */
  public static final int LONGEST = 256;

  /** The greatest possible {@link #error}, as a share of all that was counted. */
  public static final double RELATIVE_ERROR = FrequentItemsSketch.getEpsilon(MAP_SIZE);

  /**
   * Far above any real count, and far enough below overflow for sums of many. What would be more is
   * this, so that no partial, whoever wrote it, makes a cell that cannot be read again.
   */
  static final long MOST_COUNTED = 1L << 53;

  private static final Comparator<FrequentItemsSketch.Row<String>> ORDER =
      Comparator.<FrequentItemsSketch.Row<String>>comparingLong(FrequentItems::counted)
          .reversed()
          .thenComparing(FrequentItemsSketch.Row::getItem);

  /** How often a text was there; the truth is at most the error of its accumulator below. */
  public record Item(String value, long count) {}

  private FrequentItemsSketch<String> sketch = new FrequentItemsSketch<>(MAP_SIZE);

  /** The error that was read. The sketch, which is made anew then, knows what came after. */
  private long errorBefore;

  /** Counts a text. The empty one, which stands for an unknown value, is none. */
  public void add(String text) {
    if (!text.isEmpty()) {
      sketch.update(cut(text));
    }
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(LONGEST - 1));
    return text.substring(0, splitsPair ? LONGEST - 1 : LONGEST);
  }

  /** By how much any count may be too high, and how often a text that is missing may have been. */
  public long error() {
    return Math.min(MOST_COUNTED, errorBefore + sketch.getMaximumError());
  }

  /** The most frequent first, those equally frequent by their text; at most so many. */
  public List<Item> top(int most) {
    return Arrays.stream(rows())
        .map(row -> new Item(row.getItem(), counted(row) + error()))
        .sorted(Comparator.comparingLong(Item::count).reversed().thenComparing(Item::value))
        .limit(most)
        .toList();
  }

  /**
   * The most frequent first. Those equally frequent come from the sketch in the order of its table,
   * which depends on what was there before; by their text the same cell is the same bytes.
   */
  private FrequentItemsSketch.Row<String>[] rows() {
    FrequentItemsSketch.Row<String>[] rows = sketch.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES);
    Arrays.sort(rows, ORDER);
    return rows;
  }

  @Override
  public void merge(Accumulator other) {
    if (!(other instanceof FrequentItems same)) {
      throw Accumulator.differentKind(this, other);
    }
    if (sketch.getStreamLength() + same.sketch.getStreamLength() <= MOST_COUNTED) {
      sketch.merge(same.sketch);
      errorBefore = Math.min(MOST_COUNTED, errorBefore + same.errorBefore);
    } else {
      mergeSaturating(same);
    }
  }

  /** Begins anew with what both have: sums go on within the sketch, where nothing bounds them. */
  private void mergeSaturating(FrequentItems other) {
    var counts = new TreeMap<String, Long>();
    for (FrequentItems each : List.of(this, other)) {
      for (FrequentItemsSketch.Row<String> row : each.rows()) {
        counts.merge(
            row.getItem(), counted(row), (one, more) -> Math.min(MOST_COUNTED, one + more));
      }
    }
    errorBefore = Math.min(MOST_COUNTED, error() + other.error());
    sketch = new FrequentItemsSketch<>(MAP_SIZE);
    counts.forEach(sketch::update);
  }

  private static long counted(FrequentItemsSketch.Row<String> row) {
    return Math.min(MOST_COUNTED, row.getLowerBound());
  }

  @Override
  public byte kind() {
    return KIND;
  }

  @Override
  public void writeTo(ByteWriter out) {
    FrequentItemsSketch.Row<String>[] rows = rows();
    out.writeByte(KIND);
    out.writeLong(error());
    out.writeLong(rows.length);
    for (FrequentItemsSketch.Row<String> row : rows) {
      out.writeString(row.getItem());
      out.writeLong(counted(row));
    }
  }

  static FrequentItems readState(ByteReader in) {
    var read = new FrequentItems();
    read.errorBefore = requireCount(in.readLong(), 0);
    int texts = in.readLength();
    if (texts > CAPACITY) {
      throw new MalformedBytesException(texts + " frequent texts");
    }
    for (int i = 0; i < texts; i++) {
      String text = in.readString();
      if (text.isEmpty() || text.length() > LONGEST) {
        throw new MalformedBytesException("a frequent text of " + text.length() + " characters");
      }
      read.sketch.update(text, requireCount(in.readLong(), 1));
    }
    return read;
  }

  private static long requireCount(long count, long least) {
    if (count < least || count > MOST_COUNTED) {
      throw new MalformedBytesException("a count of " + count);
    }
    return count;
  }
}
