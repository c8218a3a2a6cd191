package io.millrace.streams.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Walks through both stores of seen events, a slice at a time, and deletes what is over: visitors
 * who have not been back, and marks that have expired or that their visitor has too many of.
 *
 * <p>A round begins when the log's time has come into another hour, or when as many marks were
 * added as one visitor may have. A slice looks at two entries for each that was added since the one
 * before, so a round ends however fast events come, and the store stays within a few times of what
 * is remembered. Where a round stands is not stored: after a restart a new one begins. Belongs to
 * one thread.
 */
final class SeenEventsSweep {
  static final int SLICE = 5_000;

  private final KeyValueStore<byte[], byte[]> visitors;
  private final KeyValueStore<byte[], byte[]> furtherEvents;
  private final int maxRememberedIds;

  private Stage stage = Stage.IDLE;

  /** The first key not looked at yet; null at the beginning of a store. */
  private byte @Nullable [] position;

  private int roundHour = Integer.MIN_VALUE;
  private long addedSinceRound;

  private enum Stage {
    IDLE,
    VISITORS,
    FURTHER_EVENTS
  }

  SeenEventsSweep(
      KeyValueStore<byte[], byte[]> visitors,
      KeyValueStore<byte[], byte[]> furtherEvents,
      int maxRememberedIds) {
    this.visitors = visitors;
    this.furtherEvents = furtherEvents;
    this.maxRememberedIds = maxRememberedIds;
  }

  /**
   * Looks at the next slice, if there is a reason to.
   *
   * @param hour of the log's time
   * @param added marks to the store of further events since the last call
   */
  void next(int hour, int added) {
    addedSinceRound += added;
    if (stage == Stage.IDLE && (hour > roundHour || addedSinceRound >= maxRememberedIds)) {
      stage = Stage.VISITORS;
      roundHour = hour;
      addedSinceRound = 0;
    }
    int left = SLICE + 2 * added;
    while (left > 0 && stage != Stage.IDLE) {
      left -=
          stage == Stage.VISITORS
              ? deleteFrom(visitors, entry -> new VisitorRecord(entry.value).isOver(hour), left)
              : deleteFrom(furtherEvents, new IsOver(hour), left);
    }
  }

  /** Returns how many entries it looked at, and moves on to the next stage at the end. */
  private int deleteFrom(
      KeyValueStore<byte[], byte[]> store, Predicate<KeyValue<byte[], byte[]>> isOver, int most) {
    List<byte[]> over = new ArrayList<>();
    int seen = 0;
    byte @Nullable [] next = null;
    try (KeyValueIterator<byte[], byte[]> entries = from(store, position)) {
      while (entries.hasNext() && seen < most) {
        KeyValue<byte[], byte[]> entry = entries.next();
        seen++;
        next = successor(entry.key);
        if (isOver.test(entry)) {
          over.add(entry.key);
        }
      }
      if (!entries.hasNext()) {
        next = null;
        stage = stage == Stage.VISITORS ? Stage.FURTHER_EVENTS : Stage.IDLE;
      }
    }
    position = next;
    // After the iterator is closed: what it does about deletions underneath is not promised.
    over.forEach(store::delete);
    return Math.max(1, seen);
  }

  @SuppressWarnings("NullAway") // an open end of a range is null in Kafka Streams
  private static KeyValueIterator<byte[], byte[]> from(
      KeyValueStore<byte[], byte[]> store, byte @Nullable [] first) {
    return store.range(first, null);
  }

  /** The first key after this one. */
  private static byte[] successor(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  /** Keeps the visitor at hand, since the marks of one stand together. */
  private final class IsOver implements Predicate<KeyValue<byte[], byte[]>> {
    private final int hour;
    private byte[] visitor = new byte[0];
    private long further;

    IsOver(int hour) {
      this.hour = hour;
    }

    @Override
    public boolean test(KeyValue<byte[], byte[]> entry) {
      FurtherEvent event = FurtherEvent.parse(entry.value);
      if (Hours.isOver(event.expiry(), hour)) {
        return true;
      }
      if (!FurtherEvent.isOf(visitor, entry.key)) {
        visitor = FurtherEvent.visitor(entry.key);
        byte @Nullable [] stored = visitors.get(visitor);
        further = stored == null ? 0 : new VisitorRecord(stored).further();
      }
      return !event.isAmongLatest(maxRememberedIds, further);
    }
  }
}
