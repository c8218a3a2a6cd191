package io.millrace.streams;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.TaskId;

/**
 * How far this process's copies of state are behind those of the processes that work on it. Called
 * by the threads of Kafka Streams that keep them up to date; safe for any number of them and of
 * readers.
 *
 * <p>As of the last batch of each copy, in offsets: a copy that has just been given nothing new has
 * caught up with what there was.
 */
final class StandbyProgress implements StandbyUpdateListener {
  private final Map<TopicPartition, Long> behind = new HashMap<>();

  @Override
  public synchronized void onUpdateStart(
      TopicPartition changelog, String store, long startingOffset) {
    behind.put(changelog, 0L);
  }

  @Override
  public synchronized void onBatchLoaded(
      TopicPartition changelog,
      String store,
      TaskId task,
      long batchEndOffset,
      long batchSize,
      long currentEndOffset) {
    behind.put(changelog, Math.max(0, currentEndOffset - batchEndOffset - 1));
  }

  @Override
  public synchronized void onUpdateSuspended(
      TopicPartition changelog,
      String store,
      long storeOffset,
      long currentEndOffset,
      SuspendReason reason) {
    behind.remove(changelog);
  }

  /** Offsets of all changelogs together that the copies are behind. */
  synchronized long behind() {
    return behind.values().stream().mapToLong(Long::longValue).sum();
  }
}
