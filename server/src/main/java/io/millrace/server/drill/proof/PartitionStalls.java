package io.millrace.server.drill.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * The longest pauses of one partition while it was watched.
 *
 * @param acknowledgements between two acknowledgements
 * @param processing in which acknowledged events waited and none got its outcome
 */
public record PartitionStalls(int partition, Stall acknowledgements, Stall processing) {

  /**
   * Of all partitions, in their order. Pure.
   *
   * @param begun when it was watched from, in milliseconds since 1970; of a pause that began
   *     before, what came after counts
   * @param ended when the load ended
   */
  public static List<PartitionStalls> of(List<Passage> passages, long begun, long ended) {
    Map<Integer, List<Passage>> byPartition = new TreeMap<>();
    passages.forEach(
        passage ->
            byPartition
                .computeIfAbsent(passage.partition(), partition -> new ArrayList<>())
                .add(passage));
    return byPartition.entrySet().stream()
        .map(
            each ->
                new PartitionStalls(
                    each.getKey(),
                    longestGap(each.getValue(), begun, ended),
                    longestWait(each.getValue(), begun)))
        .toList();
  }

  private static Stall longestGap(List<Passage> passages, long begun, long ended) {
    Stall longest = Stall.NONE;
    long previous = begun;
    long[] times =
        LongStream.concat(
                passages.stream()
                    .mapToLong(Passage::acknowledgedAt)
                    .filter(time -> time > begun && time < ended)
                    .sorted(),
                LongStream.of(ended))
            .toArray();
    for (long time : times) {
      longest = longest.longer(new Stall(previous, time - previous));
      previous = time;
    }
    return longest;
  }

  /** Walks through all that happened in order, and knows how many events wait at each moment. */
  private static Stall longestWait(List<Passage> passages, long begun) {
    record Moment(long time, int change) {}
    var moments = new ArrayList<Moment>();
    for (Passage passage : passages) {
      // What is seen before its acknowledgement has arrived did not wait.
      if (passage.visibleAt() > passage.acknowledgedAt()) {
        moments.add(new Moment(passage.acknowledgedAt(), 1));
        moments.add(new Moment(passage.visibleAt(), -1));
      }
    }
    moments.sort(Comparator.comparingLong(Moment::time).thenComparingInt(Moment::change));
    Stall longest = Stall.NONE;
    long waiting = 0;
    long since = 0;
    for (Moment moment : moments) {
      if (moment.change() > 0) {
        since = waiting == 0 ? moment.time() : since;
        waiting++;
      } else {
        long from = Math.max(since, begun);
        longest = longest.longer(new Stall(from, moment.time() - from));
        since = moment.time();
        waiting--;
      }
    }
    return longest;
  }
}
