package io.millrace.collector.limit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How much of something each of many holds at the same time, of which nobody may hold more than a
 * share. Only those who hold something are remembered, so memory is bounded by what there is. Safe
 * for any number of threads.
 */
public final class Shares {
  private final int most;
  private final ConcurrentMap<Object, Integer> held = new ConcurrentHashMap<>();

  /**
   * Nobody holds anything yet.
   *
   * @param most that anybody may hold; 0 for any number
   */
  public Shares(int most) {
    if (most < 0) {
      throw new IllegalArgumentException("most: expected 0 or more, got " + most);
    }
    this.most = most;
  }

  /** Whether there is no limit. */
  public boolean areUnlimited() {
    return most == 0;
  }

  /** Takes one for somebody, to be given back; false where they have their share. */
  public boolean take(Object who) {
    var isTaken = new boolean[1];
    held.compute(
        who,
        (_, count) -> {
          int now = count == null ? 0 : count;
          isTaken[0] = areUnlimited() || now < most;
          int then = isTaken[0] ? now + 1 : now;
          return then == 0 ? null : then;
        });
    return isTaken[0];
  }

  /** Gives back one that was taken. */
  public void giveBack(Object who) {
    held.computeIfPresent(who, (_, count) -> count == 1 ? null : count - 1);
  }

  /** How many hold something. */
  int size() {
    return held.size();
  }
}
