package io.millrace.query.sql.push;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one reader, up to a bound. Whoever adds never waits: where there is no room, all
 * of it is thrown away, and the reader is told so. One item fits always. Safe for any number of
 * threads.
 */
final class Backlog<T> {
  private final int maxRows;
  private final long maxBytes;
  private final Deque<Waiting<T>> items = new ArrayDeque<>();
  private int rows;
  private long bytes;
  private boolean isOverflown;
  private PushEvent.@Nullable End end;

  private record Waiting<T>(T item, int rows, long bytes) {}

  /** What a reader finds. */
  sealed interface Found<T> {
    /** The next item. */
    record Item<T>(T item) implements Found<T> {}

    /** Nothing came within the patience. */
    record Nothing<T>() implements Found<T> {}

    /** Something came that there was no room for; nothing will come any more. */
    record Overflown<T>() implements Found<T> {}

    /** Nothing will come any more. */
    record Ended<T>(PushEvent.End end) implements Found<T> {}
  }

  Backlog(int maxRows, long maxBytes) {
    this.maxRows = maxRows;
    this.maxBytes = maxBytes;
  }

  /** Adds an item. */
  synchronized void add(T item, int itemRows, long itemBytes) {
    if (isOverflown || end != null) {
      return;
    }
    if (!items.isEmpty() && (rows + itemRows > maxRows || bytes + itemBytes > maxBytes)) {
      isOverflown = true;
      items.clear();
    } else {
      items.addLast(new Waiting<>(item, itemRows, itemBytes));
      rows += itemRows;
      bytes += itemBytes;
    }
    notifyAll();
  }

  /** Ends it once what waits is taken. */
  synchronized void end(PushEvent.End reason) {
    if (end == null) {
      end = reason;
      notifyAll();
    }
  }

  synchronized boolean isOverflown() {
    return isOverflown;
  }

  /** Takes the next item. */
  synchronized Found<T> take(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (items.isEmpty() && !isOverflown && end == null) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return new Found.Nothing<>();
      }
      // Never 0, which would be for ever.
      wait(left / 1_000_000 + 1);
    }
    if (isOverflown) {
      return new Found.Overflown<>();
    }
    Waiting<T> next = items.pollFirst();
    if (next != null) {
      rows -= next.rows;
      bytes -= next.bytes;
      return new Found.Item<>(next.item);
    }
    PushEvent.End reason = end;
    return reason == null ? new Found.Nothing<>() : new Found.Ended<>(reason);
  }
}
