package io.millrace.streams.rollup;

import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import io.millrace.views.KeptSince;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which windows of a view and site one partition keeps, and how far the others have been deleted.
 * It is stored beside the cells, before all of them:
 *
 * <pre>
 *   key    00 │ view 00 │ site 00
 *   value  ( grain │ kept since (8 bytes) │ deleted before (8 bytes) ) …
 * </pre>
 *
 * It only ever moves on, also when the newest window is taken back or the view keeps its windows
 * for longer than it did: what was deleted stays deleted. Mutable; belongs to one thread.
 */
public final class KeptWindows {
  /** Before the first key, and after the last one. Names of views begin with a letter. */
  static final byte[] FIRST_KEY = {0};

  static final byte[] BEYOND_KEYS = {1};

  private static final Grain[] GRAINS = Grain.values();

  private final byte[] key;
  private final long[] since = new long[GRAINS.length];
  private final long[] deletedBefore = new long[GRAINS.length];
  private long newest = Long.MIN_VALUE;

  /** Of a view and site of which everything is kept yet. */
  KeptWindows(byte[] key) {
    this.key = key;
    Arrays.fill(since, Long.MIN_VALUE);
    Arrays.fill(deletedBefore, Long.MIN_VALUE);
  }

  /** The key for a view and site, which is empty for a view that is not kept per site. */
  public static byte[] key(String view, String site) {
    var out = new ByteWriter(64);
    out.writeByte(0);
    out.writeRaw(view.getBytes(StandardCharsets.UTF_8));
    out.writeByte(0);
    out.writeRaw(site.getBytes(StandardCharsets.UTF_8));
    out.writeByte(0);
    return out.toBytes();
  }

  /**
   * The key for the view and site of a cell.
   *
   * @param cellKey up to its window; as bytes
   */
  static byte[] keyOf(byte[] cellKey) {
    int grainPosition = 0;
    while (cellKey[grainPosition] != 0) {
      grainPosition++;
    }
    grainPosition++;
    var out = new ByteWriter(cellKey.length);
    out.writeByte(0);
    out.writeRaw(cellKey, 0, grainPosition);
    out.writeRaw(cellKey, grainPosition + 1, cellKey.length - grainPosition - 1);
    return out.toBytes();
  }

  /**
   * What a store has.
   *
   * @throws MalformedBytesException for bytes that are no such value
   */
  static KeptWindows parse(byte[] key, byte[] value) {
    var kept = new KeptWindows(key);
    var in = new ByteReader(value);
    while (in.remaining() > 0) {
      int grain = grainAt(in);
      kept.since[grain] = in.readFixedLong();
      kept.deletedBefore[grain] = in.readFixedLong();
    }
    return kept;
  }

  /**
   * What of it a reader needs.
   *
   * @throws MalformedBytesException for bytes that are no such value
   */
  public static KeptSince keptSince(byte[] value) {
    var in = new ByteReader(value);
    Map<Grain, Long> starts = new EnumMap<>(Grain.class);
    while (in.remaining() > 0) {
      starts.put(GRAINS[grainAt(in)], in.readFixedLong());
      in.readFixedLong();
    }
    return new KeptSince(starts);
  }

  private static int grainAt(ByteReader in) {
    int grain = in.readByte();
    if (grain < 0 || grain >= GRAINS.length) {
      throw new MalformedBytesException("no grain has the number " + grain);
    }
    return grain;
  }

  byte[] toBytes() {
    var out = new ByteWriter(GRAINS.length * (1 + 2 * Long.BYTES));
    for (int grain = 0; grain < GRAINS.length; grain++) {
      if (since[grain] != Long.MIN_VALUE) {
        out.writeByte(grain);
        out.writeFixedLong(since[grain]);
        out.writeFixedLong(deletedBefore[grain]);
      }
    }
    return out.toBytes();
  }

  byte[] key() {
    return key;
  }

  String view() {
    return textAt(1);
  }

  String site() {
    return textAt(view().getBytes(StandardCharsets.UTF_8).length + 2);
  }

  private String textAt(int start) {
    int end = start;
    while (key[end] != 0) {
      end++;
    }
    return new String(key, start, end - start, StandardCharsets.UTF_8);
  }

  /**
   * Takes note of a window.
   *
   * @return whether less is kept now than before
   */
  boolean advance(MergedView view, long time) {
    if (time <= newest) {
      return false;
    }
    newest = time;
    boolean isLess = false;
    for (Map.Entry<Grain, Long> start : view.keptSince(time).starts().entrySet()) {
      int grain = start.getKey().ordinal();
      if (start.getValue() > since[grain]) {
        since[grain] = start.getValue();
        isLess = true;
      }
    }
    return isLess;
  }

  /** Whether the window of a grain that a time falls into is kept. */
  boolean keeps(Grain grain, long time) {
    // The first window that is kept begins there, so the time's own window need not be computed.
    return time >= since[grain.ordinal()];
  }

  boolean hasAnyToDelete() {
    for (int grain = 0; grain < GRAINS.length; grain++) {
      if (deletedBefore[grain] < since[grain]) {
        return true;
      }
    }
    return false;
  }

  boolean hasToDelete(Grain grain) {
    return deletedBefore[grain.ordinal()] < since[grain.ordinal()];
  }

  /** The first key of the cells of a grain that are to be deleted. */
  byte[] deletedFrom(Grain grain) {
    return CellKey.rangeBound(view(), grain, site(), deletedBefore[grain.ordinal()]);
  }

  /** The end of the keys of the cells of a grain that are to be deleted; no longer one of them. */
  byte[] deletedTo(Grain grain) {
    return CellKey.rangeBound(view(), grain, site(), since[grain.ordinal()]);
  }

  /** All cells of a grain are deleted whose windows start before this. */
  void deletedBefore(Grain grain, long windowStart) {
    deletedBefore[grain.ordinal()] = windowStart;
  }

  /** All cells of a grain are deleted that are to be. */
  void deletedAll(Grain grain) {
    deletedBefore[grain.ordinal()] = since[grain.ordinal()];
  }
}
