package io.millrace.streams.judge;

import io.millrace.model.ClickEvent;
import io.millrace.model.ClickKey;
import io.millrace.streams.visitor.VisitorStates;
import java.util.Arrays;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Remembers events in a part of each visitor's state, which is all that most visitors need, and in
 * a store of pages of marks beyond that, so that the millionth event of a visitor costs what the
 * hundredth did. Belongs to one thread.
 *
 * <p>Whether an event is known depends on the times of the two events, never on what has been
 * deleted so far: {@link #sweep} only takes away what nobody can ask for any more.
 */
final class StoredSeenEvents implements SeenEvents {
  private static final long MINUTE_MILLIS = 60_000;

  private final JudgeConfig config;
  private final VisitorStates.Part<VisitorRecord> visitors;
  private final KeyValueStore<byte[], byte[]> pages;
  private final SeenEventsSweep sweep;

  /** The latest time at which an event reached the log; it moves on and never back. */
  private long watermark = Long.MIN_VALUE;

  private int addedSinceSweep;

  StoredSeenEvents(JudgeConfig config, VisitorStates states, KeyValueStore<byte[], byte[]> pages) {
    this.config = config;
    this.visitors = states.addPart(VisitorRecord.CODEC);
    this.pages = pages;
    this.sweep = new SeenEventsSweep(visitors, pages);
  }

  @Override
  public Sighting see(ClickEvent event, Arrival arrival) {
    watermark = Math.max(watermark, arrival.time());
    var visitor = new ClickKey(event.site(), event.visitor());
    EventMark mark = EventMark.of(event, arrival, config);
    VisitorRecord stored = visitors.read(visitor);
    VisitorRecord known = stored == null ? VisitorRecord.empty() : stored;
    int hour = Hours.of(arrival.time());
    boolean onPages = known.isFull() || known.hasPages(hour);
    MarkPage page = onPages ? page(MarkPage.key(visitor.toBytes(), mark.hash())) : MarkPage.EMPTY;
    if (known.knows(mark.hash(), hour) || page.knows(mark.hash(), hour)) {
      return Sighting.AGAIN;
    }
    VisitorRecord grown = add(visitor, known, page, mark);
    if (!event.backfill() && !arrival.readmitted()) {
      grown = counted(grown, arrival.time());
    }
    if (stored == null || !Arrays.equals(stored.bytes(), grown.bytes())) {
      visitors.write(visitor, grown);
    }
    addedSinceSweep += stored == null ? 1 : 0;
    return new Sighting(true, grown.newInMinute());
  }

  private MarkPage page(byte[] key) {
    byte @Nullable [] stored = pages.get(key);
    return stored == null ? MarkPage.EMPTY : new MarkPage(stored);
  }

  private VisitorRecord add(ClickKey visitor, VisitorRecord known, MarkPage page, EventMark mark) {
    int now = Hours.of(watermark);
    VisitorRecord holding = known.holding(now);
    if (!holding.isFull()) {
      return holding.with(mark);
    }
    pages.put(MarkPage.key(visitor.toBytes(), mark.hash()), page.with(mark, now).bytes());
    addedSinceSweep += page.equals(MarkPage.EMPTY) ? 1 : 0;
    return holding.withPageUntil(mark.expiry());
  }

  private VisitorRecord counted(VisitorRecord record, long recordTime) {
    return config.maxEventsPerMinute() == 0
        ? record
        : record.withEventIn((int) (recordTime / MINUTE_MILLIS));
  }

  /** Deletes a slice of what is over; to be called now and then. */
  void sweep() {
    if (watermark != Long.MIN_VALUE) {
      sweep.next(Hours.of(watermark), addedSinceSweep);
      addedSinceSweep = 0;
    }
  }
}
