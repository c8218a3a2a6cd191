package io.millrace.streams.judge;

import io.millrace.model.ClickEvent;
import io.millrace.model.Readmission;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.datasketches.hash.MurmurHash3;

/**
 * What is remembered of an event: a hash of its id, and the hour with which it expires.
 *
 * <p>A hash has 64 bits. Two of a visitor's events with different ids are taken for one with a
 * probability of n² / 2⁶⁵ for n events: one in a hundred million for a visitor of 600,000 events.
 *
 * @param expiry in {@link Hours}; an event that reaches the log before it is the same event
 */
record EventMark(long hash, int expiry) {
  private static final long SEED = 0x6d696c6c72616365L;

  /** The event is known as late already; readmitted it is another one, and again the same. */
  private static final long READMITTED_SEED = 0x7265616d6974L;

  /**
   * The mark of an event. Its window begins when it reached the log or when it happened, whichever
   * is later: the events of an import are far older than their first reception, and would be
   * forgotten at once.
   */
  static EventMark of(ClickEvent event, Arrival arrival, JudgeConfig config) {
    long seed = arrival.readmitted() ? READMITTED_SEED : SEED;
    long hash = MurmurHash3.hash(event.id().getBytes(StandardCharsets.UTF_8), seed)[0];
    long begin = Math.max(arrival.time(), event.time());
    long end = begin + window(event, arrival, config).toMillis();
    return new EventMark(hash, Hours.notBefore(end));
  }

  private static Duration window(ClickEvent event, Arrival arrival, JudgeConfig config) {
    if (arrival.readmitted()) {
      return Readmission.WINDOW;
    }
    return event.backfill() ? config.backfillDuplicateWindow() : config.duplicateWindow();
  }
}
