package io.millrace.streams.backfill;

import io.millrace.model.control.ViewGeneration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which view is given its past next: one after the other, so that one that cannot be given it yet,
 * or fails again and again, holds up no other. Belongs to one thread.
 */
final class Turns {
  private String latest = "";

  Optional<ViewGeneration> next(Collection<ViewGeneration> due) {
    Comparator<ViewGeneration> order = Comparator.comparing(ViewGeneration::cells);
    Optional<ViewGeneration> next =
        due.stream()
            .filter(view -> view.cells().compareTo(latest) > 0)
            .min(order)
            .or(() -> due.stream().min(order));
    next.ifPresent(view -> latest = view.cells());
    return next;
  }
}
