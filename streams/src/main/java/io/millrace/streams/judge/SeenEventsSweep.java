package io.millrace.streams.judge;

import io.millrace.model.ClickKey;
import io.millrace.streams.visitor.VisitorStates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Walks through both stores of seen events, a slice at a time, and deletes what is over: visitors
 * who have not been back, and their pages.
 *
 * <p>A round begins when the log's time has come into another hour. A slice looks at two entries
 * for each that was added since the one before, so a round ends however fast visitors come. Where a
 * round stands is not stored: after a restart a new one begins. Belongs to one thread.
 */
final class SeenEventsSweep {
  static final int SLICE = 5_000;

  private final VisitorStates.Part<VisitorRecord> visitors;
  private final KeyValueStore<byte[], byte[]> pages;

  private Stage stage = Stage.IDLE;

  /** The first key not looked at yet; null at the beginning of a store. */
  private byte @Nullable [] position;

  private int roundHour = Integer.MIN_VALUE;

  private enum Stage {
    IDLE,
    VISITORS,
    PAGES
  }

  SeenEventsSweep(VisitorStates.Part<VisitorRecord> visitors, KeyValueStore<byte[], byte[]> pages) {
    this.visitors = visitors;
    this.pages = pages;
  }

  /**
   * Looks at the next slice, if there is a reason to.
   *
   * @param hour of the log's time
   * @param added entries to both stores since the last call
   */
  void next(int hour, int added) {
    if (stage == Stage.IDLE && hour > roundHour) {
      stage = Stage.VISITORS;
      roundHour = hour;
    }
    int left = SLICE + 2 * added;
    while (left > 0 && stage != Stage.IDLE) {
      left -= stage == Stage.VISITORS ? forgetVisitors(hour, left) : deletePages(hour, left);
    }
  }

  /** Returns how many visitors it looked at, and moves on to the next stage at the end. */
  private int forgetVisitors(int hour, int most) {
    List<ClickKey> over = new ArrayList<>();
    int[] seen = {0};
    position =
        visitors.scan(
            position,
            most,
            (visitor, record) -> {
              seen[0]++;
              if (record != null && record.isOver(hour)) {
                over.add(visitor);
              }
            });
    if (position == null) {
      stage = Stage.PAGES;
    }
    for (ClickKey visitor : over) {
      VisitorRecord record = visitors.read(visitor);
      // Who has come back since is not stored as such yet.
      if (record != null && record.isOver(hour)) {
        visitors.write(visitor, null);
      }
    }
    return seen[0];
  }

  /** Returns how many pages it looked at, and ends the round at the end. */
  private int deletePages(int hour, int most) {
    List<byte[]> over = new ArrayList<>();
    int seen = 0;
    byte @Nullable [] next = null;
    try (KeyValueIterator<byte[], byte[]> entries = from(pages, position)) {
      while (entries.hasNext() && seen < most) {
        KeyValue<byte[], byte[]> entry = entries.next();
        seen++;
        next = successor(entry.key);
        if (new MarkPage(entry.value).isOver(hour)) {
          over.add(entry.key);
        }
      }
      if (!entries.hasNext()) {
        next = null;
        stage = Stage.IDLE;
      }
    }
    position = next;
    // After the iterator is closed: what it does about deletions underneath is not promised.
    over.forEach(pages::delete);
    return seen;
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
}
