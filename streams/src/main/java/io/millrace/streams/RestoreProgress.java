package io.millrace.streams;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * How much of the stores is still to be read from their changelogs, so that an operator sees
 * whether a start is getting somewhere. Called by the threads of Kafka Streams that restore; safe
 * for any number of them and of readers.
 *
 * <p>What remains is told in offsets. A changelog also has offsets without a record, those of
 * transactions and of records that were compacted away, so fewer records are restored than remained
 * at the start.
 */
final class RestoreProgress implements StateRestoreListener {
  private final Map<TopicPartition, Restoring> restoring = new ConcurrentHashMap<>();
  private final LongAdder restored = new LongAdder();

  private record Restoring(long position, long end) {
    long remaining() {
      return Math.max(0, end - position);
    }
  }

  @Override
  public void onRestoreStart(
      TopicPartition changelog, String store, long startingOffset, long endingOffset) {
    restoring.put(changelog, new Restoring(startingOffset, endingOffset));
  }

  @Override
  public void onBatchRestored(
      TopicPartition changelog, String store, long batchEndOffset, long records) {
    restored.add(records);
    restoring.computeIfPresent(
        changelog, (same, before) -> new Restoring(batchEndOffset, before.end()));
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long totalRestored) {
    restoring.remove(changelog);
  }

  /** Another process goes on with it. */
  @Override
  public void onRestoreSuspended(TopicPartition changelog, String store, long totalRestored) {
    restoring.remove(changelog);
  }

  /** Offsets of all changelogs that are still to be read. */
  long remaining() {
    return restoring.values().stream().mapToLong(Restoring::remaining).sum();
  }

  /** Records read back since the start of the process. */
  long restored() {
    return restored.sum();
  }
}
