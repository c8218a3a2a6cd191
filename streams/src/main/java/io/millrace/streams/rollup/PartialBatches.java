package io.millrace.streams.rollup;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import io.millrace.views.BuiltInViews;
import io.millrace.views.PartialTable;
import java.util.function.BiConsumer;

/**
 * Packs partials into records of the topic rollup-partials: all cells of one target partition in
 * each, up to a bounded size.
 *
 * <pre>
 *   key    target partition (4 bytes)
 *   value  version │ ( key length, cell key, cell ) …
 * </pre>
 *
 * The target depends on a cell's view, site and group, not on its window. Belongs to one thread.
 */
public final class PartialBatches {
  /** Batches of version 1 had cells of all grains, which would be merged twice. */
  private static final int VERSION = 2;

  /** Half of the size that a broker takes by default. */
  private static final int FULL = 500_000;

  private final ByteWriter[] open;

  public PartialBatches(int partitions) {
    open = new ByteWriter[partitions];
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
    table.forEach(
        (view, key, groupHash, cell) -> {
          if (cell.isNothing()) {
            // A session that went on to another page within the commit left the first one's cell.
            return;
          }
          if (view.name().equals(BuiltInViews.BOOKS)) {
            addEverywhere(CellKey.parse(key.toBytes()), cell, receiver);
          } else {
            add(Math.floorMod(groupHash, open.length), key, cell, receiver);
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
    ByteWriter batch = open[partition];
    if (batch.length() == 0) {
      batch.writeByte(VERSION);
    }
    batch.writeLong(key.length());
    batch.writeRaw(key.buffer(), 0, key.length());
    cell.writeTo(batch);
    if (batch.length() >= FULL) {
      send(partition, receiver);
    }
  }

  private void send(int partition, BiConsumer<Integer, byte[]> receiver) {
    receiver.accept(partition, open[partition].toBytes());
    open[partition].reset();
  }

  /**
   * Hands over the cells of a batch.
   *
   * @param receiver takes each {@link CellKey} as bytes, and its partial
   * @throws MalformedBytesException for bytes that are no batch
   */
  public static void unpack(byte[] batch, BiConsumer<byte[], Cell> receiver) {
    var in = new ByteReader(batch);
    int version = in.readByte();
    if (version != VERSION) {
      throw new MalformedBytesException("a batch of partials has version " + version);
    }
    while (in.remaining() > 0) {
      receiver.accept(in.readBytes(), Cell.read(in));
    }
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
