package io.millrace.server.cells;

import io.millrace.model.instance.Announcement;
import io.millrace.streams.OwnCells.ChangelogPosition;
import io.millrace.views.Completeness.Lag;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far copies of cells are behind, also in time: a copy had everything at the latest moment at
 * which the end of the log was no further than the copy is now. One thread looks; any may ask.
 *
 * <pre>
 *   end of the log at   12:00:01  12:00:02  12:00:03  12:00:04
 *                            100       140       140       190
 *   the copy is at 150, so at 12:00:03 it would have been whole: it is a second behind
 * </pre>
 */
final class CopyLags {
  private static final int MOST_LOOKS = 900;

  private final Map<Integer, History> histories = new HashMap<>();
  private volatile Map<Integer, Announcement.Copy> latest = Map.of();

  /** The ends of the log of one partition that the copy has not reached yet. */
  private static final class History {
    private final Deque<Look> ends = new ArrayDeque<>();
    private long wholeNanos;
    private boolean wasWhole;

    private ChangelogPosition latest = new ChangelogPosition(0, 0);

    void look(ChangelogPosition now, long nanos) {
      latest = now;
      Look last = ends.peekLast();
      if (last != null && last.end == now.end()) {
        ends.removeLast();
      }
      ends.addLast(new Look(now.end(), nanos));
      while (!ends.isEmpty()
          && new ChangelogPosition(now.position(), ends.getFirst().end).lag() == 0) {
        wholeNanos = ends.removeFirst().nanos;
        wasWhole = true;
      }
      if (ends.size() > MOST_LOOKS) {
        ends.removeFirst();
      }
    }

    Announcement.Copy copy(int partition, long nanos) {
      long millis = wasWhole ? (nanos - wholeNanos) / 1_000_000 : -1;
      return new Announcement.Copy(partition, latest.lag(), millis);
    }
  }

  /** The end of the log at one time, which is the latest at which it was there. */
  private record Look(long end, long nanos) {}

  /** Takes how far the copies are; those that are not named are there no longer. */
  void look(Map<Integer, ChangelogPosition> positions, long nanos) {
    histories.keySet().retainAll(positions.keySet());
    positions.forEach(
        (partition, position) ->
            histories.computeIfAbsent(partition, none -> new History()).look(position, nanos));
    tell(nanos);
  }

  /** Nobody says how far they are: as far as when it was last said, which is longer ago now. */
  void lookInVain(long nanos) {
    tell(nanos);
  }

  private void tell(long nanos) {
    var copies = new HashMap<Integer, Announcement.Copy>();
    histories.forEach(
        (partition, history) -> copies.put(partition, history.copy(partition, nanos)));
    latest = Map.copyOf(copies);
  }

  /** All copies, as they were at the latest look. */
  Map<Integer, Announcement.Copy> copies() {
    return latest;
  }

  /** What the copy of a partition is behind; empty where there is none. */
  Optional<Lag> lag(int partition) {
    return Optional.ofNullable(latest.get(partition)).map(CopyLags::lagOf);
  }

  static Lag lagOf(Announcement.Copy copy) {
    return new Lag(
        copy.lag(),
        copy.lagMillis() < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(copy.lagMillis())));
  }
}
