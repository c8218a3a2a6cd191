package io.millrace.streams.session;

import io.millrace.model.ClickKey;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of visitors in a store, and in the same store who is to be looked at when.
 *
 * <pre>
 *   V │ site/visitor               the visitor's sessions
 *   T │ due (8 bytes) │ site/visitor   nothing
 * </pre>
 *
 * A visitor has at most one timer. An event that makes it due later leaves it alone: what is looked
 * at too early gets a new one, and most events write one entry only. Belongs to one thread.
 */
final class SessionStore {
  private static final byte VISITOR = 'V';
  private static final byte TIMER = 'T';
  private static final byte[] NOTHING = {};

  private final KeyValueStore<byte[], byte[]> store;
  private final ByteWriter key = new ByteWriter(128);

  SessionStore(KeyValueStore<byte[], byte[]> store) {
    this.store = store;
  }

  /** A visitor that is to be looked at. */
  record Timer(long due, ClickKey visitor) {}

  VisitorSessions read(ClickKey visitor) {
    byte @Nullable [] stored = store.get(visitorKey(visitor));
    return stored == null
        ? VisitorSessions.none(visitor)
        : VisitorSessionsCodec.decode(visitor, stored);
  }

  /**
   * Stores a visitor, or forgets one who has no sessions any more.
   *
   * @param due when the visitor must be looked at, at the latest
   */
  void write(VisitorSessions visitor, long due) {
    VisitorSessions stored = visitor;
    if (due < visitor.timer()) {
      cancel(visitor);
      store.put(timerKey(due, visitor.visitor()), NOTHING);
      stored = visitor.withTimer(due);
    }
    if (visitor.sessions().isEmpty()) {
      cancel(visitor);
      store.delete(visitorKey(visitor.visitor()));
    } else {
      store.put(visitorKey(visitor.visitor()), VisitorSessionsCodec.encode(stored));
    }
  }

  private void cancel(VisitorSessions visitor) {
    if (visitor.timer() != VisitorSessions.NO_TIMER) {
      store.delete(timerKey(visitor.timer(), visitor.visitor()));
    }
  }

  /**
   * Takes out the timers up to a time, at most so many.
   *
   * @param from no timer is due before this
   */
  List<Timer> takeDue(long from, long through, int most) {
    var due = new ArrayList<Timer>();
    try (KeyValueIterator<byte[], byte[]> range =
        store.range(timerBound(from), timerBound(through + 1))) {
      while (range.hasNext() && due.size() < most) {
        due.add(timer(range.next().key));
      }
    }
    due.forEach(timer -> store.delete(timerKey(timer.due, timer.visitor)));
    return due;
  }

  private byte[] visitorKey(ClickKey visitor) {
    key.reset();
    key.writeByte(VISITOR);
    key.writeRaw(visitor.toBytes());
    return key.toBytes();
  }

  private byte[] timerBound(long due) {
    key.reset();
    key.writeByte(TIMER);
    key.writeFixedLong(due);
    return key.toBytes();
  }

  private byte[] timerKey(long due, ClickKey visitor) {
    key.reset();
    key.writeByte(TIMER);
    key.writeFixedLong(due);
    key.writeRaw(visitor.toBytes());
    return key.toBytes();
  }

  private static Timer timer(byte[] timerKey) {
    var in = new ByteReader(timerKey, 1, timerKey.length - 1);
    long due = in.readFixedLong();
    String visitor = new String(in.readRaw(in.remaining()), StandardCharsets.UTF_8);
    int slash = visitor.indexOf('/');
    return new Timer(
        due,
        new ClickKey(
            new SiteId(visitor.substring(0, slash)), new VisitorId(visitor.substring(slash + 1))));
  }
}
