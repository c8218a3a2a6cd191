package io.millrace.streams.rollup;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import io.millrace.views.BuiltInViews;
import io.millrace.views.GrainRetention;
import io.millrace.views.KeptView;
import io.millrace.views.PartialTable;
import io.millrace.views.ViewWindows;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Packs partials into records of the topic rollup-partials: all cells of one target partition in
 * each, up to a bounded size.
 *
 * <pre>
 *   key    target partition (4 bytes)
 *   value  version │ ( key length, cell key, cell ) …
 * </pre>
 *
 * Of a view that was defined by a command, stage 2 need not know anything: before its first cell in
 * each batch stand a key length of zero, the name of its cells, its grains as bits, and how many of
 * them are kept for a time, each with that time in milliseconds.
 *
 * <p>The target depends on a cell's view, site and group, not on its window. Belongs to one thread.
 */
public final class PartialBatches {
  /** Batches of version 1 had cells of all grains, which would be merged twice. */
  private static final int VERSION = 3;

  /** Had no defined views. */
  private static final int VERSION_BEFORE = 2;

  private static final Grain[] GRAINS = Grain.values();

  /** Half of the size that a broker takes by default. */
  private static final int FULL = 500_000;

  private final ByteWriter[] open;

  /** The cells of which defined view come next in a batch. */
  private final @Nullable String[] introduced;

  public PartialBatches(int partitions) {
    open = new ByteWriter[partitions];
    introduced = new String[partitions];
    for (int i = 0; i < partitions; i++) {
      open[i] = new ByteWriter(4096);
    }
  }

  /**
   * Hands over every cell of a table that says anything, in batches.
   *
   * @param receiver takes the target partition and the record's value
   */
  public void pack(PartialTable table, BiConsumer<Integer, byte[]> receiver) {
    table.forEachKept(
        (view, key, groupHash, cell) -> {
          if (cell.isNothing()) {
            // A session that went on to another page within the commit left the first one's cell.
            return;
          }
          if (view.cells().equals(BuiltInViews.BOOKS)) {
            addEverywhere(CellKey.parse(key.toBytes()), cell, receiver);
          } else {
            int partition = partitionOf(groupHash);
            introduce(partition, view);
            add(partition, key, cell, receiver);
          }
        });
    for (int partition = 0; partition < open.length; partition++) {
      if (open[partition].length() > 0) {
        send(partition, receiver);
      }
    }
  }

  /**
   * Every partition of cells has the accounts, so that they tell for each whether everything has
   * arrived there.
   */
  private void addEverywhere(CellKey account, Cell cell, BiConsumer<Integer, byte[]> receiver) {
    var key = new ByteWriter(64);
    for (int partition = 0; partition < open.length; partition++) {
      key.reset();
      CellKey.writePrefix(key, account.view(), account.grain(), account.site());
      CellKey.writeWindow(key, account.windowStart());
      CellKey.writeDimension(key, account.dimensions().getFirst());
      CellKey.writeDimension(key, Integer.toString(partition));
      add(partition, key, cell, receiver);
    }
  }

  private void add(int partition, ByteWriter key, Cell cell, BiConsumer<Integer, byte[]> receiver) {
    ByteWriter batch = opened(partition);
    batch.writeLong(key.length());
    batch.writeRaw(key.buffer(), 0, key.length());
    cell.writeTo(batch);
    if (batch.length() >= FULL) {
      send(partition, receiver);
    }
  }

  /** Where a cell is kept whose group has this hash. */
  int partitionOf(int groupHash) {
    return Math.floorMod(groupHash, open.length);
  }

  private ByteWriter opened(int partition) {
    ByteWriter batch = open[partition];
    if (batch.length() == 0) {
      batch.writeByte(VERSION_BEFORE);
    }
    return batch;
  }

  /** Says what has to be known of the view whose cells come next. */
  private void introduce(int partition, KeptView view) {
    if (view.isDefined() && !view.cells().equals(introduced[partition])) {
      ByteWriter batch = opened(partition);
      // Without defined views a batch is what it was, and a processor of before reads it.
      batch.buffer()[0] = VERSION;
      writeWindows(batch, view.cells(), view.plan().windows());
      introduced[partition] = view.cells();
    }
  }

  private static void writeWindows(ByteWriter out, String cells, ViewWindows windows) {
    out.writeLong(0);
    out.writeString(cells);
    int bits = 0;
    for (Grain grain : windows.grains()) {
      bits |= 1 << grain.ordinal();
    }
    out.writeByte(bits);
    Map<Grain, Duration> periods = windows.retention().periods();
    out.writeLong(periods.size());
    periods.forEach(
        (grain, period) -> {
          out.writeByte(grain.ordinal());
          out.writeLong(period.toMillis());
        });
  }

  private static ViewWindows readWindows(ByteReader in) {
    int bits = in.readByte();
    var grains = EnumSet.noneOf(Grain.class);
    for (Grain grain : GRAINS) {
      if ((bits & 1 << grain.ordinal()) != 0) {
        grains.add(grain);
      }
    }
    Map<Grain, Duration> periods = new EnumMap<>(Grain.class);
    int count = in.readLength();
    for (int i = 0; i < count; i++) {
      periods.put(grainAt(in), Duration.ofMillis(in.readLong()));
    }
    try {
      return new ViewWindows(grains, new GrainRetention(periods));
    } catch (IllegalArgumentException nonsense) {
      throw new MalformedBytesException(String.valueOf(nonsense.getMessage()));
    }
  }

  private static Grain grainAt(ByteReader in) {
    int grain = in.readByte();
    if (grain < 0 || grain >= GRAINS.length) {
      throw new MalformedBytesException("no grain has the number " + grain);
    }
    return GRAINS[grain];
  }

  /**
   * A batch of one cell, of a view of which stage 2 need not know anything.
   *
   * @param key of the cell, in the finest of the windows
   */
  static byte[] single(ViewWindows windows, CellKey key, Cell cell) {
    var out = new ByteWriter(128);
    out.writeByte(VERSION);
    writeWindows(out, key.view(), windows);
    out.writeBytes(key.toBytes());
    cell.writeTo(out);
    return out.toBytes();
  }

  private void send(int partition, BiConsumer<Integer, byte[]> receiver) {
    receiver.accept(partition, open[partition].toBytes());
    open[partition].reset();
    introduced[partition] = null;
  }

  /** Takes what is in a batch, in its order. */
  public interface Receiver {

    /** The cells that come next, up to those of another name, are of a defined view. */
    void windows(String cells, ViewWindows windows);

    /** A cell's key, as bytes, and its partial. */
    void partial(byte[] key, Cell cell);
  }

  /**
   * Hands over what is in a batch.
   *
   * @throws MalformedBytesException for bytes that are no batch
   */
  public static void unpack(byte[] batch, Receiver receiver) {
    var in = new ByteReader(batch);
    int version = in.readByte();
    if (version != VERSION && version != VERSION_BEFORE) {
      throw new MalformedBytesException("a batch of partials has version " + version);
    }
    while (in.remaining() > 0) {
      byte[] key = in.readBytes();
      if (key.length > 0) {
        receiver.partial(key, Cell.read(in));
      } else {
        receiver.windows(in.readString(), readWindows(in));
      }
    }
  }

  /**
   * Hands over the cells of a batch.
   *
   * @param receiver takes each {@link CellKey} as bytes, and its partial
   * @throws MalformedBytesException for bytes that are no batch
   */
  public static void unpack(byte[] batch, BiConsumer<byte[], Cell> receiver) {
    unpack(
        batch,
        new Receiver() {
          @Override
          public void windows(String cells, ViewWindows windows) {
            // Nobody asks.
          }

          @Override
          public void partial(byte[] key, Cell cell) {
            receiver.accept(key, cell);
          }
        });
  }

  /** The record key of a batch for a partition. */
  public static byte[] key(int partition) {
    var out = new ByteWriter(Integer.BYTES);
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.writeByte(partition >>> shift);
    }
    return out.toBytes();
  }

  /** The partition that a record key stands for. */
  public static int partition(byte[] key) {
    var in = new ByteReader(key);
    int partition = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      partition = (partition << 8) | (in.readByte() & 0xFF);
    }
    return partition;
  }
}
