package io.millrace.model.cell;

import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Which cell: one group of one window of one view. As bytes,
 *
 * <pre>
 *   view 00 │ grain │ site 00 │ window start (8 bytes) │ dimension 00 01 │ dimension 00 01 │ …
 * </pre>
 *
 * so that the windows of one site between two times are one range of keys, in order of time. A zero
 * byte within a text is written as {@code 00 FF}.
 *
 * @param site empty for a view that is not kept per site
 * @param windowStart in milliseconds since 1970
 * @param dimensions values of the view's dimensions but the site, in the view's order
 */
public record CellKey(
    String view, Grain grain, String site, long windowStart, List<String> dimensions) {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int ESCAPED_ZERO = 0xFF;
  private static final int END_OF_DIMENSION = 0x01;

  public CellKey {
    dimensions = List.copyOf(dimensions);
  }

  public byte[] toBytes() {
    var out = new ByteWriter(64);
    writePrefix(out, view, grain, site);
    writeWindow(out, windowStart);
    dimensions.forEach(dimension -> writeDimension(out, dimension));
    return out.toBytes();
  }

  /**
   * Reads a key.
   *
   * @throws MalformedBytesException for bytes that are no key
   */
  public static CellKey parse(byte[] bytes) {
    int grainPosition = afterZero(bytes, 0);
    int windowPosition = windowPosition(bytes, grainPosition);
    int grain = bytes[grainPosition];
    if (grain < 0 || grain >= Grain.values().length) {
      throw new MalformedBytesException("no grain has the number " + grain);
    }
    return new CellKey(
        text(bytes, 0, grainPosition - 1),
        Grain.of(grain),
        text(bytes, grainPosition + 1, windowPosition - 1),
        windowStart(bytes, windowPosition),
        dimensions(bytes, windowPosition + Long.BYTES));
  }

  /**
   * The first key at or after the start of a window, for the lower bound of a range that ends
   * before {@code to}'s.
   */
  public static byte[] rangeBound(String view, Grain grain, String site, long windowStart) {
    var out = new ByteWriter(64);
    writePrefix(out, view, grain, site);
    writeWindow(out, windowStart);
    return out.toBytes();
  }

  /**
   * What all keys of a window begin with whose first dimensions have these values, and no others.
   */
  public static byte[] groupBound(
      String view, Grain grain, String site, long windowStart, List<String> group) {
    var out = new ByteWriter(64);
    writePrefix(out, view, grain, site);
    writeWindow(out, windowStart);
    group.forEach(dimension -> writeDimension(out, dimension));
    return out.toBytes();
  }

  /**
   * The key of the longer window that a cell's window lies in, of the same group.
   *
   * @param key of the cell, as bytes
   * @throws MalformedBytesException for bytes that are no key
   */
  public static byte[] inGrain(byte[] key, Grain grain) {
    int grainPosition = afterZero(key, 0);
    int windowPosition = windowPosition(key, grainPosition);
    byte[] coarser = key.clone();
    coarser[grainPosition] = (byte) grain.ordinal();
    long windowStart = grain.windowStart(windowStart(key, windowPosition));
    LONGS.set(coarser, windowPosition, windowStart ^ Long.MIN_VALUE);
    return coarser;
  }

  /**
   * Where in a cell's key the window is; what comes before it, all cells of the view, grain and
   * site share.
   *
   * @throws MalformedBytesException for bytes that are no key
   */
  public static int windowPosition(byte[] key) {
    return windowPosition(key, afterZero(key, 0));
  }

  private static int windowPosition(byte[] key, int grainPosition) {
    int windowPosition = afterZero(key, grainPosition + 1);
    if (windowPosition + Long.BYTES > key.length) {
      throw new MalformedBytesException("a key of a cell ends before its window");
    }
    return windowPosition;
  }

  /**
   * The start of a cell's window, in milliseconds since 1970, without reading the rest of its key.
   *
   * @throws MalformedBytesException for bytes that are no key
   */
  public static long windowStart(byte[] key) {
    return windowStart(key, windowPosition(key));
  }

  private static long windowStart(byte[] key, int windowPosition) {
    return (long) LONGS.get(key, windowPosition) ^ Long.MIN_VALUE;
  }

  private static int afterZero(byte[] key, int from) {
    for (int i = from; i < key.length; i++) {
      if (key[i] == 0) {
        return i + 1;
      }
    }
    throw new MalformedBytesException("a key of a cell ends before its window");
  }

  /** The part of a key that all cells of a view, a grain and a site share. */
  public static void writePrefix(ByteWriter out, String view, Grain grain, String site) {
    out.writeRaw(view.getBytes(StandardCharsets.UTF_8));
    out.writeByte(0);
    out.writeByte(grain.ordinal());
    out.writeRaw(site.getBytes(StandardCharsets.UTF_8));
    out.writeByte(0);
  }

  /** The window, with its sign turned so that the order of bytes is the order of times. */
  public static void writeWindow(ByteWriter out, long windowStart) {
    out.writeFixedLong(windowStart ^ Long.MIN_VALUE);
  }

  public static void writeDimension(ByteWriter out, String dimension) {
    byte[] text = dimension.getBytes(StandardCharsets.UTF_8);
    for (byte part : text) {
      out.writeByte(part);
      if (part == 0) {
        out.writeByte(ESCAPED_ZERO);
      }
    }
    out.writeByte(0);
    out.writeByte(END_OF_DIMENSION);
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static List<String> dimensions(byte[] bytes, int from) {
    var dimensions = new ArrayList<String>();
    int start = from;
    int at = from;
    boolean hasZeros = false;
    while (at < bytes.length) {
      if (bytes[at] != 0) {
        at++;
        continue;
      }
      int next = at + 1 < bytes.length ? bytes[at + 1] & 0xFF : -1;
      if (next == END_OF_DIMENSION) {
        dimensions.add(hasZeros ? withZeros(bytes, start, at) : text(bytes, start, at));
        start = at + 2;
        hasZeros = false;
      } else if (next == ESCAPED_ZERO) {
        hasZeros = true;
      } else {
        throw new MalformedBytesException("a zero byte in a dimension is followed by " + next);
      }
      at += 2;
    }
    if (start != bytes.length) {
      throw new MalformedBytesException("a key of a cell ends within a dimension");
    }
    return dimensions;
  }

  private static String withZeros(byte[] bytes, int from, int to) {
    var text = new ByteWriter(to - from);
    for (int at = from; at < to; at += bytes[at] == 0 ? 2 : 1) {
      text.writeByte(bytes[at]);
    }
    return new String(text.buffer(), 0, text.length(), StandardCharsets.UTF_8);
  }
}
