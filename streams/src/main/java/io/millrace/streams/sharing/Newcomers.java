package io.millrace.streams.sharing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.assignment.ProcessId;

/**
 * Who has joined the group just now, as far as the process knows that shares the work. A process
 * that has just begun loads classes, opens stores and reads what its copies lack; its tasks would
 * stand still meanwhile. Safe for any number of threads.
 */
final class Newcomers {
  /** A process is seen when its first thread joins; it has its copies a few seconds later. */
  static final Duration WARM_UP = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final Map<ProcessId, Instant> warmFrom = new HashMap<>();
  private final Set<ProcessId> working = new HashSet<>();

  Newcomers(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Takes note of who is there.
   *
   * @param present whether each has work already: who has is no newcomer, though another may have
   *     shared the work before
   */
  synchronized void note(Map<ProcessId, Boolean> present) {
    warmFrom.keySet().retainAll(present.keySet());
    working.retainAll(present.keySet());
    present.forEach(this::note);
  }

  /** Who had work and has none has been started anew, before the group missed it. */
  private void note(ProcessId process, boolean hasWork) {
    boolean hasBegunAnew = !hasWork && working.remove(process);
    if (hasWork) {
      working.add(process);
    }
    if (hasBegunAnew) {
      warmFrom.put(process, clock.instant().plus(WARM_UP));
    } else {
      warmFrom.putIfAbsent(process, hasWork ? Instant.MIN : clock.instant().plus(WARM_UP));
    }
  }

  /** Those that are warm; all where none is, since somebody has to work. */
  synchronized Set<ProcessId> warm() {
    Set<ProcessId> warm =
        warmFrom.entrySet().stream()
            .filter(process -> !process.getValue().isAfter(clock.instant()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return warm.isEmpty() ? Set.copyOf(warmFrom.keySet()) : warm;
  }
}
