package io.millrace.server.accesslog;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * Gives each line of a log an id that is the same every time the log is imported, so that importing
 * it again counts nothing twice.
 *
 * <p>An id is a hash of the file's first line, the line's number and the line. The first line (with
 * its time, address and request) tells one log from another; it, and all the rest, stays when the
 * file is renamed, compressed or decompressed, moved to another machine, or appended to. The number
 * tells two equal lines apart, which are two requests in one second. After log rotation has cut off
 * the beginning of a file, what is left is another log: import files before they are cut.
 *
 * <p>192 of the 256 bits are kept, as 32 characters. For one thread.
 */
final class LineIds {
  private static final int BYTES_KEPT = 24;

  private final MessageDigest digest = Sha256.newDigest();
  private final byte[] log;

  LineIds(byte[] firstLine) {
    this.log = digest.digest(firstLine);
  }

  String of(RawLine line) {
    digest.update(log);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, line.number()));
    byte[] hash = digest.digest(line.bytes());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES_KEPT));
  }
}
