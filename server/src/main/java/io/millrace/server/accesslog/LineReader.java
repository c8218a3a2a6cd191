package io.millrace.server.accesslog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts bytes into lines without ever holding more than {@link #LONGEST} bytes of one, so that a
 * file that is no log at all cannot fill the memory. The rest of a longer line is skipped.
 *
 * <p>Lines end with LF or CR LF. For one thread.
 */
final class LineReader {
  static final int LONGEST = 64 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[64 * 1024];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
  private int from;
  private int to;
  private long number;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** The next line, or empty at the end. */
  Optional<RawLine> next() throws IOException {
    line.reset();
    boolean any = false;
    long length = 0;
    while (from < to || fill()) {
      any = true;
      int end = endOfLine();
      length += end - from;
      line.write(buffer, from, Math.min(end - from, LONGEST - line.size()));
      boolean ended = end < to;
      from = ended ? end + 1 : end;
      if (ended) {
        break;
      }
    }
    return any ? Optional.of(line(length)) : Optional.empty();
  }

  /** How many lines were read. */
  long lines() {
    return number;
  }

  private RawLine line(long length) {
    number++;
    return new RawLine(number, withoutCarriageReturn(line.toByteArray()), length <= LONGEST);
  }

  private static byte[] withoutCarriageReturn(byte[] bytes) {
    int last = bytes.length - 1;
    return last >= 0 && bytes[last] == '\r' ? Arrays.copyOf(bytes, last) : bytes;
  }

  private int endOfLine() {
    int at = from;
    while (at < to && buffer[at] != '\n') {
      at++;
    }
    return at;
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, in.read(buffer, 0, buffer.length));
    return to > 0;
  }
}
