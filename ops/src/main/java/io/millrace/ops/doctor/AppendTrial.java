package io.millrace.ops.doctor;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * What the times of some records tell of a broker. A broker that stamps records itself stamps each
 * between our sending it and our having the answer; with the same clocks, in the middle of the two
 * at best. The quickest record says most, as in NTP. Pure.
 *
 * @param samples at least one
 */
record AppendTrial(int broker, List<Sample> samples) {

  /**
   * One record, all in milliseconds since 1970.
   *
   * @param sent by our clock
   * @param stamped by the broker's clock
   * @param answered by our clock
   * @param tookNanos between the two of ours, by a clock that nobody sets
   */
  record Sample(long sent, long stamped, long answered, long tookNanos) {}

  AppendTimes times() {
    List<Sample> byTime =
        samples.stream().sorted(Comparator.comparingLong(Sample::tookNanos)).toList();
    Sample quickest = byTime.getFirst();
    long middle = Math.floorDiv(quickest.sent() + quickest.answered(), 2);
    return new AppendTimes(
        broker,
        Duration.ofNanos(quickest.tookNanos()),
        Duration.ofNanos(byTime.get(byTime.size() / 2).tookNanos()),
        Duration.ofMillis(quickest.stamped() - middle),
        // A stamp has whole milliseconds, as our clock has.
        Duration.ofNanos(quickest.tookNanos() / 2).plusMillis(1));
  }
}
