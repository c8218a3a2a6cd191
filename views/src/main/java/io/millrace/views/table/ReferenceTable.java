package io.millrace.views.table;

import io.millrace.model.control.TableGeneration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A reference table as this process has it. Plans of views hold it and look rows up; whoever reads
 * its topic begins a {@link TableReading}. Safe for any number of threads.
 */
public final class ReferenceTable {
  private final TableGeneration generation;
  private final TablePlan plan;
  private final TableLimits limits;
  private final RowCodec codec;
  private final CountDownLatch settled = new CountDownLatch(1);
  private volatile Content content;

  /** What is known at one time; the rows go on changing. */
  record Content(TableRows rows, TableState state, long refused, Optional<String> latestRefusal) {}

  /**
   * A table of which nothing has been read.
   *
   * @throws IllegalArgumentException for a plan whose format does not have its columns
   */
  public ReferenceTable(TableGeneration generation, TablePlan plan, TableLimits limits) {
    this.generation = generation;
    this.plan = plan;
    this.limits = limits;
    codec = new RowCodec(plan);
    content = new Content(new TableRows(limits), TableState.READING, 0, Optional.empty());
  }

  /**
   * Requires that rows can be made as a plan says.
   *
   * @throws IllegalArgumentException where its format does not have its columns
   */
  public static void requireReadable(TablePlan plan) {
    var _ = new RowCodec(plan);
  }

  public TableGeneration generation() {
    return generation;
  }

  public TablePlan plan() {
    return plan;
  }

  TableLimits limits() {
    return limits;
  }

  RowCodec codec() {
    return codec;
  }

  /**
   * Begins to read it anew; the rows of before stay until the reading is whole.
   *
   * @param ends of each partition, the offset after the last record that there is now
   */
  public TableReading read(Map<Integer, Long> ends) {
    var reading = new TableReading(this, ends);
    reading.reached(Map.of());
    return reading;
  }

  void publish(Content published) {
    content = published;
    settled.countDown();
  }

  /** Says that its topic is not there. */
  public void missing() {
    settleAs(TableState.MISSING);
  }

  /** Says that its topic cannot be read for now. */
  public void unreadable() {
    settleAs(TableState.UNREADABLE);
  }

  private void settleAs(TableState state) {
    Content known = content;
    content = new Content(known.rows, state, known.refused, known.latestRefusal);
    settled.countDown();
  }

  /**
   * Whether rows can be looked up: until then what would be found is an accident. A table without a
   * topic, or with one that cannot be read, has no rows, and waiting would not give it any.
   */
  public boolean isSettled() {
    return content.state != TableState.READING;
  }

  /** Waits until it is settled; false where it is not within the patience. */
  public boolean awaitSettled(Duration patience) throws InterruptedException {
    return settled.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * The row with a key, in the order of the columns, not to be changed; null where there is none.
   *
   * @param key the value of the one column of the key, or the list of several in order
   */
  public @Nullable Object @Nullable [] row(Object key) {
    return content.rows.get(key);
  }

  /** All rows; those that come and go meanwhile may be among them or not. */
  public Iterable<@Nullable Object[]> rows() {
    return content.rows.all();
  }

  public TableStatus status() {
    Content known = content;
    return new TableStatus(
        known.state, known.rows.size(), known.rows.bytes(), known.refused, known.latestRefusal);
  }

  @Override
  public String toString() {
    return generation.toString();
  }
}
