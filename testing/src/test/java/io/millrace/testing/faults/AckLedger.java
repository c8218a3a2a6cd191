package io.millrace.testing.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a producer knows of the records it has sent, by their ids from 0: which were acknowledged,
 * when, and how long that took. Safe for use by several threads.
 */
final class AckLedger {
  private final BitSet acknowledged = new BitSet();
  private final List<List<Long>> timesByPartition =
      IntStream.range(0, HostedKafka.PARTITIONS)
          .<List<Long>>mapToObj(partition -> new ArrayList<>())
          .toList();
  private final List<Long> waits = new ArrayList<>();
  private long failed;

  synchronized void acknowledged(int id, int partition, long sentNanos, long nowNanos) {
    acknowledged.set(id);
    timesByPartition.get(partition).add(nowNanos);
    waits.add(nowNanos - sentNanos);
  }

  synchronized void failed() {
    failed++;
  }

  synchronized int count() {
    return acknowledged.cardinality();
  }

  /** How many were given up, which may be in the log all the same. */
  synchronized long failures() {
    return failed;
  }

  synchronized BitSet ids() {
    return (BitSet) acknowledged.clone();
  }

  /** The longest time without an acknowledgement that began in a span, of all partitions. */
  synchronized Duration longestGap(long fromNanos, long toNanos) {
    long longest = 0;
    for (List<Long> times : timesByPartition) {
      for (int i = 1; i < times.size(); i++) {
        long before = times.get(i - 1);
        if (before - fromNanos >= 0 && before - toNanos < 0) {
          longest = Math.max(longest, times.get(i) - before);
        }
      }
    }
    return Duration.ofNanos(longest);
  }

  /** How long all but so small a share of the records waited for their acknowledgement. */
  synchronized Duration waitOfAllBut(double share) {
    List<Long> sorted = waits.stream().sorted().toList();
    return sorted.isEmpty()
        ? Duration.ZERO
        : Duration.ofNanos(sorted.get((int) ((sorted.size() - 1) * (1 - share))));
  }
}
