package io.millrace.streams.backfill;

import io.millrace.model.SourceOffset;
import io.millrace.streams.judge.LaneClick;
import io.millrace.streams.rollup.PartialBatches;
import io.millrace.views.KeptView;
import io.millrace.views.PartialTable;
import io.millrace.views.Rollup;
import io.millrace.views.SessionChange;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What the past contributes to one view: that of all events, or records of sessions, from before
 * the places at which the view began. Belongs to one thread.
 */
final class PastPartials {
  private final Map<Integer, Long> starts;
  private final PastSessions sessions;
  private final PartialTable table = new PartialTable();
  private final Rollup rollup;
  private final PartialBatches batches;
  private long latestReceived;

  /**
   * Those of a view.
   *
   * @param starts of each partition of click-events, the offset of the first event that the view
   *     has live; of a view of sessions the number of the first record that is not of its past
   */
  PastPartials(KeptView view, Map<Integer, Long> starts, int rollupPartitions) {
    this.starts = Map.copyOf(starts);
    sessions = new PastSessions(starts);
    table.add(view);
    rollup = new Rollup(table);
    batches = new PartialBatches(rollupPartitions);
  }

  /** Takes an event, which may be one that the view has live. */
  void add(LaneClick click) {
    // A program that did not say where it stood knew no views that could have had it live.
    if (click.source().map(this::isPast).orElse(true)) {
      rollup.add(click.click());
      latestReceived = Math.max(latestReceived, click.click().receivedTime());
    }
  }

  /** Takes a record of the topic of sessions, which may be one that is not of the past. */
  void add(RecordedSession session) {
    Optional<SessionChange> change = sessions.changeBy(session);
    if (change.isPresent()) {
      rollup.add(change.get());
      latestReceived = Math.max(latestReceived, session.time());
    }
  }

  /** What is to be remembered beside the position in a partition of what is read. */
  String memory(int partition) {
    return sessions.memory(partition);
  }

  /** Goes on with what {@link #memory} said. */
  void resume(int partition, String memory) {
    sessions.resume(partition, memory);
  }

  private boolean isPast(SourceOffset source) {
    Long start = starts.get(source.partition());
    if (start == null) {
      throw new IllegalStateException(
          "the view has not begun in partition " + source.partition() + " of click-events");
    }
    return source.offset() < start;
  }

  /** How many cells there is something for. */
  int size() {
    return table.size();
  }

  /**
   * When the latest of the events was received, or of the sessions sent, in milliseconds since
   * 1970.
   */
  long latestReceived() {
    return latestReceived;
  }

  /**
   * Hands over what was gathered, and begins anew.
   *
   * @param receiver takes a partition of rollup-partials and the value of a record
   */
  void drain(BiConsumer<Integer, byte[]> receiver) {
    batches.pack(table, receiver);
    table.clear();
  }
}
