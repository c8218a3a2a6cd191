package io.millrace.query.answer;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Keeps the first few of many, without keeping the many. Belongs to one thread.
 *
 * <p>A heap with the last of the kept at its top, which is what the next one has to beat.
 */
final class TopSelection<T> {
  private final int size;
  private final Comparator<T> order;
  private final PriorityQueue<T> lastFirst;
  private long offered;

  TopSelection(int size, Comparator<T> order) {
    this.size = size;
    this.order = order;
    this.lastFirst = new PriorityQueue<>(order.reversed());
  }

  void offer(T candidate) {
    offered++;
    if (lastFirst.size() < size) {
      lastFirst.add(candidate);
    } else if (size > 0 && order.compare(candidate, lastFirst.element()) < 0) {
      lastFirst.remove();
      lastFirst.add(candidate);
    }
  }

  /** How many there were to choose from. */
  long offered() {
    return offered;
  }

  /** Those kept, in order. */
  List<T> inOrder() {
    return lastFirst.stream().sorted(order).toList();
  }
}
