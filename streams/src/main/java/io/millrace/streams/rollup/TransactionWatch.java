package io.millrace.streams.rollup;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.TaskId;

/**
 * What a process knows of its transactions: how many of them each thread has committed and aborted,
 * and for how long a store and the position of its task have been of different ones. All tasks of a
 * thread share its transactions, so that one which fails ends what the others have not committed.
 * Safe for any number of threads, of which each sees its own counts.
 */
public final class TransactionWatch {
  private final LongSupplier nanoTime;
  private final ThreadLocal<Counts> counts = ThreadLocal.withInitial(() -> new Counts(0, 0));
  private final Map<Disagreement, Long> seen = new ConcurrentHashMap<>();

  private record Counts(long committed, long aborted) {}

  private record Disagreement(TaskId task, String store, long has, long committed) {}

  public TransactionWatch() {
    this(System::nanoTime);
  }

  TransactionWatch(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A transaction of this thread was committed. */
  public void commit() {
    counts.set(new Counts(committed() + 1, aborted()));
  }

  /** The transaction of this thread is aborted. */
  public void abort() {
    counts.set(new Counts(committed(), aborted() + 1));
  }

  /** How many of this thread's were committed. */
  public long committed() {
    return counts.get().committed;
  }

  /** How many of this thread's were aborted. */
  public long aborted() {
    return counts.get().aborted;
  }

  /** For how long it has been known here that a store has one number and its position another. */
  Duration disagreement(TaskId task, String store, long has, long committed) {
    long now = nanoTime.getAsLong();
    Long first = seen.putIfAbsent(new Disagreement(task, store, has, committed), now);
    return first == null ? Duration.ZERO : Duration.ofNanos(now - first);
  }
}
