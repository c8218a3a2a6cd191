package io.millrace.server.cells;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.MalformedBytesException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads what {@link FrameWriter} writes. Belongs to one thread. */
final class FrameReader {
  /** A frame has one cell more than it gathers, and a cell has at most so many bytes. */
  private static final int MOST_BYTES = 8 << 20;

  private final DataInputStream in;

  FrameReader(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /**
   * The next frame.
   *
   * @throws IOException where there is none, or none that can be read
   */
  CellFrame next() throws IOException {
    int length = in.readInt();
    if (length < 1 || length > MOST_BYTES) {
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("a frame ends too early");
    }
    try {
      return CellFrame.read(new ByteReader(bytes));
    } catch (MalformedBytesException malformed) {
      throw new IOException("a frame cannot be read", malformed);
    }
  }
}
