package io.millrace.server.cells;

import io.millrace.model.codec.ByteWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes frames, each after its length in four bytes, and gathers cells to frames of some size.
 * Belongs to one thread.
 */
final class FrameWriter {
  private static final int BYTES_AT_ONCE = 64 << 10;

  private final OutputStream out;
  private final ByteWriter frame = new ByteWriter(BYTES_AT_ONCE + 1024);
  private final List<CellFrame.Entry> gathered = new ArrayList<>();
  private int gatheredBytes;

  FrameWriter(OutputStream out) {
    this.out = out;
  }

  /** Adds a cell of a partition; true where it was sent on with those before it. */
  boolean add(int partition, byte[] key, byte[] cell) {
    gathered.add(new CellFrame.Entry(key, cell));
    gatheredBytes += key.length + cell.length;
    boolean isFull = gatheredBytes >= BYTES_AT_ONCE;
    if (isFull) {
      sendGathered(partition);
    }
    return isFull;
  }

  /** Sends what was gathered of a partition. */
  void sendGathered(int partition) {
    if (!gathered.isEmpty()) {
      write(new CellFrame.Cells(partition, List.copyOf(gathered)));
      gathered.clear();
      gatheredBytes = 0;
    }
  }

  /** Forgets what was gathered and not sent. */
  void dropGathered() {
    gathered.clear();
    gatheredBytes = 0;
  }

  void write(CellFrame some) {
    frame.reset();
    frame.writeFixed(0, Integer.BYTES);
    CellFrame.write(some, frame);
    byte[] bytes = frame.buffer();
    int length = frame.length() - Integer.BYTES;
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[i] = (byte) (length >>> (Byte.SIZE * (Integer.BYTES - 1 - i)));
    }
    try {
      out.write(bytes, 0, frame.length());
    } catch (IOException gone) {
      throw new UncheckedIOException("whoever asked does not listen any longer", gone);
    }
  }
}
