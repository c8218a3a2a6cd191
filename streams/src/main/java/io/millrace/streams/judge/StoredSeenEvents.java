package io.millrace.streams.judge;

import io.millrace.model.ClickEvent;
import io.millrace.model.ClickKey;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Remembers events in two stores: one record per visitor, which is all that most visitors need, and
 * one entry per event beyond that, so that the millionth event of a visitor costs what the
 * hundredth did. Belongs to one thread.
 *
 * <p>Whether an event is known depends on the times of the two events alone, never on what has been
 * deleted so far: {@link #sweep} only takes away what nobody can ask for any more.
 */
final class StoredSeenEvents implements SeenEvents {
  private static final long MINUTE_MILLIS = 60_000;

  private final JudgeConfig config;
  private final KeyValueStore<byte[], byte[]> visitors;
  private final KeyValueStore<byte[], byte[]> furtherEvents;
  private final SeenEventsSweep sweep;

  /** The latest time at which an event reached the log; it moves on and never back. */
  private long watermark = Long.MIN_VALUE;

  private int addedSinceSweep;

  StoredSeenEvents(
      JudgeConfig config,
      KeyValueStore<byte[], byte[]> visitors,
      KeyValueStore<byte[], byte[]> furtherEvents) {
    this.config = config;
    this.visitors = visitors;
    this.furtherEvents = furtherEvents;
    this.sweep = new SeenEventsSweep(visitors, furtherEvents, config.maxRememberedIds());
  }

  @Override
  public Sighting see(ClickEvent event, long recordTime) {
    watermark = Math.max(watermark, recordTime);
    byte[] visitor = new ClickKey(event.site(), event.visitor()).toBytes();
    EventMark mark = EventMark.of(event, recordTime, config);
    byte @Nullable [] stored = visitors.get(visitor);
    VisitorRecord known = stored == null ? VisitorRecord.empty() : new VisitorRecord(stored);
    int hour = Hours.of(recordTime);
    if (known.knows(mark.hash(), hour) || isFurther(visitor, known, mark.hash(), hour)) {
      return Sighting.AGAIN;
    }
    VisitorRecord grown =
        add(visitor, known.holding(Hours.of(watermark)), mark)
            .withEventIn((int) (recordTime / MINUTE_MILLIS));
    visitors.put(visitor, grown.bytes());
    return new Sighting(true, grown.newInMinute());
  }

  private boolean isFurther(byte[] visitor, VisitorRecord known, long hash, int hour) {
    if (known.further() == 0) {
      return false;
    }
    byte @Nullable [] stored = furtherEvents.get(FurtherEvent.key(visitor, hash));
    if (stored == null) {
      return false;
    }
    FurtherEvent entry = FurtherEvent.parse(stored);
    return entry.expiry() > hour && entry.isAmongLatest(config.maxRememberedIds(), known.further());
  }

  private VisitorRecord add(byte[] visitor, VisitorRecord record, EventMark mark) {
    if (!record.isFull()) {
      return record.with(mark);
    }
    VisitorRecord grown = record.withFurther(mark.expiry());
    furtherEvents.put(
        FurtherEvent.key(visitor, mark.hash()),
        new FurtherEvent(mark.expiry(), grown.further()).toBytes());
    addedSinceSweep++;
    return grown;
  }

  /** Deletes a slice of what is over; to be called now and then. */
  void sweep() {
    if (watermark != Long.MIN_VALUE) {
      sweep.next(Hours.of(watermark), addedSinceSweep);
      addedSinceSweep = 0;
    }
  }
}
