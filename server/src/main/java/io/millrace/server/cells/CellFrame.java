package io.millrace.server.cells;

import io.millrace.model.cell.Grain;
import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import io.millrace.views.Completeness.Lag;
import io.millrace.views.KeptSince;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A piece of an answer of one instance to another. Each partition that was asked for has its cells,
 * in any number of pieces, and then one that ends it; after the last partition comes {@link End}.
 * An answer that stops without it was torn off.
 */
sealed interface CellFrame {

  /** Some cells of a partition, as they are stored. */
  record Cells(int partition, List<Entry> entries) implements CellFrame {}

  /** From when on the windows of a partition are kept. */
  record Kept(int partition, KeptSince since) implements CellFrame {}

  /**
   * A partition was read to its end.
   *
   * @param lag of the copy that was read; empty where it was none
   */
  record Read(int partition, Optional<Lag> lag) implements CellFrame {}

  /** A partition is not there, or not any longer. */
  record NotHere(int partition) implements CellFrame {}

  /** All partitions were answered. */
  record End() implements CellFrame {}

  /** A cell and its key, as they are stored. */
  record Entry(byte[] key, byte[] cell) {}

  int CELLS = 1;
  int KEPT = 2;
  int READ = 3;
  int NOT_HERE = 4;
  int END = 5;
  int UNKNOWN = -1;

  static void write(CellFrame frame, ByteWriter out) {
    switch (frame) {
      case Cells(int partition, List<Entry> entries) -> {
        out.writeByte(CELLS);
        out.writeLong(partition);
        out.writeLong(entries.size());
        for (Entry entry : entries) {
          out.writeBytes(entry.key());
          out.writeBytes(entry.cell());
        }
      }
      case Kept(int partition, KeptSince since) -> {
        out.writeByte(KEPT);
        out.writeLong(partition);
        out.writeLong(since.starts().size());
        since
            .starts()
            .forEach(
                (grain, start) -> {
                  out.writeByte(grain.ordinal());
                  out.writeLong(start);
                });
      }
      case Read(int partition, Optional<Lag> lag) -> {
        out.writeByte(READ);
        out.writeLong(partition);
        out.writeBoolean(lag.isPresent());
        lag.ifPresent(
            some -> {
              out.writeLong(some.records());
              out.writeLong(some.time().map(Duration::toMillis).orElse((long) UNKNOWN));
            });
      }
      case NotHere(int partition) -> {
        out.writeByte(NOT_HERE);
        out.writeLong(partition);
      }
      case End() -> out.writeByte(END);
    }
  }

  /**
   * Reads one.
   *
   * @throws MalformedBytesException for bytes that are none
   */
  static CellFrame read(ByteReader in) {
    int kind = in.readByte();
    return switch (kind) {
      case CELLS -> new Cells(in.readInt(), readEntries(in));
      case KEPT -> new Kept(in.readInt(), readKept(in));
      case READ -> new Read(in.readInt(), in.readBoolean() ? readLag(in) : Optional.empty());
      case NOT_HERE -> new NotHere(in.readInt());
      case END -> new End();
      default -> throw new MalformedBytesException("no frame has the number " + kind);
    };
  }

  private static List<Entry> readEntries(ByteReader in) {
    int count = in.readLength();
    var entries = new ArrayList<Entry>(count);
    for (int i = 0; i < count; i++) {
      entries.add(new Entry(in.readBytes(), in.readBytes()));
    }
    return entries;
  }

  private static KeptSince readKept(ByteReader in) {
    Map<Grain, Long> starts = new EnumMap<>(Grain.class);
    int count = in.readLength();
    for (int i = 0; i < count; i++) {
      int grain = in.readByte();
      if (grain < 0 || grain >= Grain.values().length) {
        throw new MalformedBytesException("no grain has the number " + grain);
      }
      starts.put(Grain.values()[grain], in.readLong());
    }
    return new KeptSince(starts);
  }

  private static Optional<Lag> readLag(ByteReader in) {
    long records = in.readLong();
    long millis = in.readLong();
    if (records < 0) {
      throw new MalformedBytesException("a lag is " + records);
    }
    return Optional.of(
        new Lag(records, millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis))));
  }
}
