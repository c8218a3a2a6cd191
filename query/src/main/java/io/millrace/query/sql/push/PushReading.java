package io.millrace.query.sql.push;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A push query that somebody reads. It belongs to the thread that writes it to the reader; the hub
 * looks now and then whether that thread is stuck, since a reader that takes nothing cannot be
 * told.
 */
public final class PushReading implements AutoCloseable {
  private static final int PIECE = 16 * 1024;

  private final PushHub hub;
  private final PushStream stream;
  private final PushListener listener;
  private final long openedNanos = System.nanoTime();
  private long rowsLeft;
  private @Nullable Thread writer;
  private long writingSinceNanos;
  private boolean isWriting;
  private boolean isClosed;
  private volatile boolean isDropped;

  PushReading(PushHub hub, PushStream stream, PushListener listener, long mostRows) {
    this.hub = hub;
    this.stream = stream;
    this.listener = listener;
    this.rowsLeft = mostRows;
  }

  /**
   * Writes everything that comes until the stream ends.
   *
   * @param mayGoOn whether the reader may still read it; asked before each event
   * @throws IOException when the reader is gone
   * @throws InterruptedException when it takes nothing any more, or the server stops
   */
  public void writeTo(OutputStream out, PushFormat format, BooleanSupplier mayGoOn)
      throws IOException, InterruptedException {
    write(format.columns(stream), out);
    boolean isGoingOn = true;
    while (isGoingOn) {
      PushEvent event =
          rowsLeft > 0 ? stream.next(rowsLeft) : PushEvent.End.of(PushEvent.Reason.LIMIT);
      isGoingOn =
          write(
              mayGoOn.getAsBoolean() ? event : PushEvent.End.of(PushEvent.Reason.REVOKED),
              out,
              format);
    }
  }

  /** Whether there is more to come. */
  private boolean write(PushEvent event, OutputStream out, PushFormat format) throws IOException {
    return switch (event) {
      case PushEvent.Rows(List<List<Object>> rows, List<List<Object>> gone) -> {
        List<List<Object>> wanted = wanted(rows);
        // What is not whole leads to no state that has a name.
        String id = wanted.size() < rows.size() ? "" : stream.id();
        write(format.event(new PushEvent.Rows(wanted, gone), id), out);
        sent(wanted.size(), gone.size());
        yield true;
      }
      case PushEvent.Snapshot(List<List<Object>> rows) -> {
        List<List<Object>> wanted = wanted(rows);
        String id = wanted.size() < rows.size() ? "" : stream.id();
        write(format.event(new PushEvent.Snapshot(wanted), id), out);
        sent(wanted.size(), 0);
        yield true;
      }
      case PushEvent.Nothing() -> {
        write(format.event(event, stream.id()), out);
        yield true;
      }
      case PushEvent.Dropped() -> {
        isDropped = true;
        write(format.event(event, ""), out);
        yield false;
      }
      case PushEvent.End _ -> {
        write(format.event(event, ""), out);
        yield false;
      }
    };
  }

  private List<List<Object>> wanted(List<List<Object>> rows) {
    return rows.size() > rowsLeft ? rows.subList(0, (int) rowsLeft) : rows;
  }

  private void sent(int rows, int gone) {
    rowsLeft -= rows;
    listener.sent((long) rows + gone);
  }

  /** Piece by piece, so that whoever takes a large event slowly is not mistaken for stuck. */
  private void write(byte[] message, OutputStream out) throws IOException {
    for (int from = 0; from < message.length; from += PIECE) {
      begin();
      try {
        out.write(message, from, Math.min(PIECE, message.length - from));
        out.flush();
      } finally {
        done();
      }
    }
  }

  private synchronized void begin() {
    writer = Thread.currentThread();
    writingSinceNanos = System.nanoTime();
    isWriting = true;
  }

  private synchronized void done() {
    isWriting = false;
  }

  /** Closes the connection of a reader that has taken nothing for so long. */
  synchronized void cutIfStuck(Duration patience) {
    Thread stuck = writer;
    if (isWriting
        && !isClosed
        && stuck != null
        && System.nanoTime() - writingSinceNanos > patience.toNanos()) {
      isDropped = true;
      stuck.interrupt();
    }
  }

  void endIfOlderThan(Duration lifetime) {
    if (System.nanoTime() - openedNanos > lifetime.toNanos()) {
      end(PushEvent.End.of(PushEvent.Reason.LIFETIME));
    }
  }

  void end(PushEvent.End reason) {
    stream.end(reason);
  }

  /** Whether the reader was given up as too slow. */
  public boolean isDropped() {
    return isDropped;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (isClosed) {
        return;
      }
      isClosed = true;
    }
    stream.close();
    hub.leave(this);
  }
}
