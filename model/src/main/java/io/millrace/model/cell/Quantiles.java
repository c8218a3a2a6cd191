package io.millrace.model.cell;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.apache.datasketches.kll.KllLongsSketch;
import org.apache.datasketches.kll.KllSketch;
import org.apache.datasketches.quantilescommon.QuantilesLongsSketchIterator;

/**
 * Quantiles of whole numbers: a KLL sketch of Apache DataSketches (Karnin, Lang, Liberty 2016).
 * Exact for up to 200 numbers; beyond that the rank of what it gives is within {@link #RANK_ERROR}
 * of the rank asked for, in 99 of 100 cases. It keeps a random choice of the numbers, so the same
 * numbers may give different quantiles, all within that bound. Never more than about 8 KB.
 */
public final class Quantiles implements Accumulator {
  static final byte KIND = 7;

  private static final int K = 200;
  private static final int M = 8;

  /** How far the rank of a quantile may be off, as a share of all numbers. */
  public static final double RANK_ERROR = KllSketch.getNormalizedRankError(K, false);

  private final KllLongsSketch sketch;

  public Quantiles() {
    this(KllLongsSketch.newHeapInstance(K));
  }

  private Quantiles(KllLongsSketch sketch) {
    this.sketch = sketch;
  }

  public void add(long number) {
    sketch.update(number);
  }

  /** How many numbers there were. Exact. */
  public long count() {
    return sketch.getN();
  }

  /**
   * The least of the numbers that at least a share of all do not exceed.
   *
   * @param rank the share, 0 to 1
   * @throws IllegalStateException when there are no numbers
   */
  public long quantile(double rank) {
    if (sketch.isEmpty()) {
      throw new IllegalStateException("no numbers, so no quantile");
    }
    return sketch.getQuantile(rank);
  }

  @Override
  public void merge(Accumulator other) {
    if (!(other instanceof Quantiles same)) {
      throw Accumulator.differentKind(this, other);
    }
    sketch.merge(same.sketch);
  }

  @Override
  public byte kind() {
    return KIND;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.writeByte(KIND);
    out.writeBytes(sketch.toByteArray());
  }

  static Quantiles readState(ByteReader in) {
    MemorySegment image = MemorySegment.ofArray(in.readBytes());
    try {
      KllImage.require(image, K, M);
      KllLongsSketch sketch = KllLongsSketch.heapify(image);
      requireSound(sketch, image);
      return new Quantiles(sketch);
    } catch (MalformedBytesException malformed) {
      throw malformed;
    } catch (RuntimeException malformed) {
      // The library tells of malformed images by several exceptions, index errors among them.
      throw new MalformedBytesException("not a sketch: " + malformed.getMessage());
    }
  }

  private static void requireSound(KllLongsSketch sketch, MemorySegment image) {
    long numbers = 0;
    QuantilesLongsSketchIterator kept = sketch.iterator();
    while (kept.next()) {
      numbers += kept.getWeight();
    }
    if (numbers != sketch.getN() || sketch.getSerializedSizeBytes() != image.byteSize()) {
      throw new MalformedBytesException("a sketch whose numbers do not add up");
    }
  }

  /**
   * What the library takes from an image without a check: sizes that it allocates for, and levels
   * that it later walks along. (DataSketches, {@code KllPreambleUtil}, has the layout.)
   */
  private static final class KllImage {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final int MOST_BYTES = 16_384;
    private static final int SERIAL_VERSION = 1;
    private static final byte FULL = 1;
    private static final byte SINGLE = 2;
    private static final int WIDTH = 4;
    private static final int LEAST_LEVEL_WIDTH = 6;
    private static final int COUNT = 8;
    private static final int LEAST_WIDTH = 16;
    private static final int LEVEL_COUNT = 18;
    private static final int LEVELS = 20;
    private static final int MOST_LEVELS = 50;
    private static final int PREAMBLE_OF_FULL = 5;

    private KllImage() {}

    static void require(MemorySegment image, int k, int m) {
      if (image.byteSize() < COUNT || image.byteSize() > MOST_BYTES) {
        throw new MalformedBytesException("a sketch of " + image.byteSize() + " bytes");
      }
      byte version = image.get(ValueLayout.JAVA_BYTE, SERIAL_VERSION);
      if (version != FULL && version != SINGLE) {
        throw new MalformedBytesException("a sketch of the version " + version);
      }
      if (image.get(SHORT, WIDTH) != k
          || image.get(ValueLayout.JAVA_BYTE, LEAST_LEVEL_WIDTH) != m) {
        throw new MalformedBytesException("a sketch of another width");
      }
      if (image.get(ValueLayout.JAVA_BYTE, 0) == PREAMBLE_OF_FULL) {
        requireLevels(image, k);
      }
    }

    private static void requireLevels(MemorySegment image, int k) {
      int levels = image.get(ValueLayout.JAVA_BYTE, LEVEL_COUNT);
      if (levels < 1 || levels > MOST_LEVELS || image.get(SHORT, LEAST_WIDTH) != k) {
        throw new MalformedBytesException("a sketch of " + levels + " levels");
      }
      int last = 0;
      for (int level = 0; level < levels; level++) {
        int start = image.get(INT, LEVELS + (long) level * Integer.BYTES);
        if (start < last || start > MOST_BYTES) {
          throw new MalformedBytesException("level " + level + " begins at " + start);
        }
        last = start;
      }
    }
  }
}
