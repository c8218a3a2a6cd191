package io.millrace.query;

import io.millrace.query.access.Caller;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the bodies of questions. They are read before their turn comes, so all of them at once are
 * bounded, and half of that is the most of one token. Safe for any number of threads.
 */
final class Bodies {
  static final long MOST_BYTES = 32L << 20;
  private static final int PIECE = 16 << 10;

  private final long most;
  private final Map<String, Long> heldByCaller = new HashMap<>();
  private long held;

  Bodies(long most) {
    this.most = most;
  }

  /** What was read, which counts until it is closed. For one thread. */
  final class Body implements AutoCloseable {
    private final Caller caller;
    private byte[] bytes = {};
    private long counted;

    private Body(Caller caller) {
      this.caller = caller;
    }

    byte[] bytes() {
      return bytes;
    }

    @Override
    public void close() {
      giveBack(caller, counted);
      counted = 0;
    }
  }

  /**
   * The body of a request; of a longer one the beginning, which is longer than the longest.
   *
   * @throws QueryException where there is no room for it now
   */
  Body read(InputStream content, Caller caller, int longest) {
    var body = new Body(caller);
    boolean isRead = false;
    try (content) {
      var read = new ByteArrayOutputStream();
      byte[] piece;
      do {
        int wanted = Math.min(PIECE, longest + 1 - read.size());
        take(caller, wanted);
        body.counted += wanted;
        piece = content.readNBytes(wanted);
        read.writeBytes(piece);
      } while (piece.length == PIECE && read.size() <= longest);
      body.bytes = read.toByteArray();
      isRead = true;
      return body;
    } catch (IOException broken) {
      throw new UncheckedIOException("the request did not arrive", broken);
    } finally {
      if (!isRead) {
        body.close();
      }
    }
  }

  private synchronized void take(Caller caller, long bytes) {
    long own = heldByCaller.getOrDefault(caller.id(), 0L) + bytes;
    if (!caller.equals(Caller.ANYONE) && own > most / 2) {
      throw new QueryException(
          QueryErrorCode.TOO_MANY_REQUESTS, "too many requests of this token are being read");
    }
    if (held + bytes > most) {
      throw new QueryException(
          QueryErrorCode.TOO_BUSY, "too many requests are being read; try again in a moment");
    }
    held += bytes;
    heldByCaller.put(caller.id(), own);
  }

  private synchronized void giveBack(Caller caller, long bytes) {
    held -= bytes;
    heldByCaller.computeIfPresent(
        caller.id(), (id, own) -> own == bytes ? null : (Long) (own - bytes));
  }

  synchronized long held() {
    return held;
  }
}
