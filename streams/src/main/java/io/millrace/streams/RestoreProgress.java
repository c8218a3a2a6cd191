package io.millrace.streams;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
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
  private final LongSupplier nanoTime;
  private final Map<TopicPartition, Restoring> restoring = new HashMap<>();
  private long restored;
  private long begun;
  private long nanosBefore;

  private record Restoring(long position, long end) {
    long remaining() {
      return Math.max(0, end - position);
    }
  }

  RestoreProgress(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void onRestoreStart(
      TopicPartition changelog, String store, long startingOffset, long endingOffset) {
    if (restoring.isEmpty()) {
      begun = nanoTime.getAsLong();
    }
    restoring.put(changelog, new Restoring(startingOffset, endingOffset));
  }

  @Override
  public synchronized void onBatchRestored(
      TopicPartition changelog, String store, long batchEndOffset, long records) {
    restored += records;
    restoring.computeIfPresent(
        changelog, (same, before) -> new Restoring(batchEndOffset, before.end()));
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long totalRestored) {
    end(changelog);
  }

  /** Another process goes on with it. */
  @Override
  public void onRestoreSuspended(TopicPartition changelog, String store, long totalRestored) {
    end(changelog);
  }

  private synchronized void end(TopicPartition changelog) {
    if (restoring.remove(changelog) != null && restoring.isEmpty()) {
      nanosBefore += nanoTime.getAsLong() - begun;
    }
  }

  /** Offsets of all changelogs that are still to be read. */
  synchronized long remaining() {
    return restoring.values().stream().mapToLong(Restoring::remaining).sum();
  }

  /** Records read back since the start of the process. */
  synchronized long restored() {
    return restored;
  }

  /** How long anything has been restored since the start of the process. */
  synchronized Duration time() {
    long now = restoring.isEmpty() ? 0 : nanoTime.getAsLong() - begun;
    return Duration.ofNanos(nanosBefore + now);
  }
}
