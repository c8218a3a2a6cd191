package io.millrace.streams.session;

import io.millrace.model.ClickKey;
import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.streams.visitor.VisitorStates;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of visitors, as a part of the state of each, and in a store of its own who is to be
 * looked at when.
 *
 * <pre>
 *   due (8 bytes) │ site/visitor   nothing
 *   FF                             see {@link SessionNumbers}
 * </pre>
 *
 * A visitor has at most one timer. An event that makes it due later leaves it alone: what is looked
 * at too early gets a new one, and most events write no timer. Belongs to one thread.
 */
final class SessionStore {
  private static final byte[] NOTHING = {};

  private static final int SCANNED_AT_ONCE = 10_000;

  private final VisitorStates states;
  private final VisitorStates.Part<VisitorSessions> visitors;
  private final KeyValueStore<byte[], byte[]> timers;
  private final ByteWriter key = new ByteWriter(128);

  SessionStore(VisitorStates states, KeyValueStore<byte[], byte[]> timers) {
    this.states = states;
    this.visitors = states.addPart(new VisitorSessionsCodec());
    this.timers = timers;
  }

  /** A visitor that is to be looked at. */
  record Timer(long due, ClickKey visitor) {}

  VisitorSessions read(ClickKey visitor) {
    VisitorSessions sessions = visitors.read(visitor);
    return sessions == null ? VisitorSessions.none(visitor) : sessions;
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
      timers.put(timerKey(due, visitor.visitor()), NOTHING);
      stored = visitor.withTimer(due);
    }
    if (visitor.sessions().isEmpty()) {
      cancel(visitor);
      visitors.write(visitor.visitor(), null);
    } else {
      visitors.write(visitor.visitor(), stored);
    }
  }

  /** Hands over the visitors who have sessions, all of them. */
  void forEach(Consumer<VisitorSessions> receiver) {
    states.writeChanged();
    byte @Nullable [] next = null;
    do {
      next =
          visitors.scan(
              next,
              SCANNED_AT_ONCE,
              (visitor, sessions) -> {
                if (sessions != null) {
                  receiver.accept(sessions);
                }
              });
    } while (next != null);
  }

  /**
   * Hands over the visitors who have a timer up to a time.
   *
   * @param from no timer is due before this
   */
  void forEachDue(long from, long through, Consumer<VisitorSessions> receiver) {
    try (KeyValueIterator<byte[], byte[]> range =
        timers.range(timerBound(from), timerBound(through + 1))) {
      range.forEachRemaining(entry -> receiver.accept(read(timer(entry.key).visitor)));
    }
  }

  private void cancel(VisitorSessions visitor) {
    if (visitor.timer() != VisitorSessions.NO_TIMER) {
      timers.delete(timerKey(visitor.timer(), visitor.visitor()));
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
        timers.range(timerBound(from), timerBound(through + 1))) {
      while (range.hasNext() && due.size() < most) {
        due.add(timer(range.next().key));
      }
    }
    due.forEach(timer -> timers.delete(timerKey(timer.due, timer.visitor)));
    return due;
  }

  private byte[] timerBound(long due) {
    key.reset();
    key.writeFixedLong(due);
    return key.toBytes();
  }

  private byte[] timerKey(long due, ClickKey visitor) {
    key.reset();
    key.writeFixedLong(due);
    key.writeRaw(visitor.toBytes());
    return key.toBytes();
  }

  private static Timer timer(byte[] timerKey) {
    var in = new ByteReader(timerKey);
    long due = in.readFixedLong();
    return new Timer(due, ClickKey.parse(in.readRaw(in.remaining())));
  }
}
