package io.millrace.server.instance;

import io.millrace.model.PartitionBooks;
import io.millrace.ops.OperationsException;
import io.millrace.views.CellsUnavailableException;
import io.millrace.views.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches how far the accounts of the views are behind the ends of the log. A thread of its own
 * looks once a second; any number may ask.
 *
 * <p>The ends are read before the accounts. A partition whose account has reached the end that was
 * read has everything that was acknowledged before the reading; of any other, everything up to the
 * latest event in its account. An event may have been received some seconds before it is appended,
 * so that time is taken off.
 */
public final class LogProgress implements Progress, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LogProgress.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /**
   * Longer than an event can be on its way from the collector to the log, also one that was
   * answered with 503.
   */
  static final Duration LONGEST_APPEND = Duration.ofSeconds(15);

  private final Supplier<Map<Integer, Long>> ends;
  private final Supplier<Map<Integer, PartitionBooks>> accounts;
  private final Duration allowedLateness;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("log-progress").factory());
  private volatile Instant processedThrough = Instant.EPOCH;
  private volatile Map<Integer, Long> lags = Map.of();

  LogProgress(
      Supplier<Map<Integer, Long>> ends,
      Supplier<Map<Integer, PartitionBooks>> accounts,
      Duration allowedLateness,
      InstantSource clock) {
    this.ends = ends;
    this.accounts = accounts;
    this.allowedLateness = allowedLateness;
    this.clock = clock;
  }

  /**
   * Begins to watch.
   *
   * @param ends reads the end of each partition of the log
   * @param accounts reads the account of each partition that has one
   */
  public static LogProgress start(
      Supplier<Map<Integer, Long>> ends,
      Supplier<Map<Integer, PartitionBooks>> accounts,
      Duration allowedLateness,
      InstantSource clock) {
    var progress = new LogProgress(ends, accounts, allowedLateness, clock);
    var _ =
        progress.timer.scheduleWithFixedDelay(
            progress::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return progress;
  }

  void look() {
    try {
      Instant before = clock.instant();
      Map<Integer, Long> endsNow = ends.get();
      update(before, endsNow, accounts.get());
    } catch (OperationsException | CellsUnavailableException failure) {
      log.atDebug().setCause(failure).log("Progress is not known just now");
    } catch (RuntimeException failure) {
      // A scheduled task that throws is never run again.
      log.atWarn().setCause(failure).log("Progress could not be read");
    }
  }

  private void update(
      Instant before, Map<Integer, Long> endsNow, Map<Integer, PartitionBooks> accountsNow) {
    var newLags = new TreeMap<Integer, Long>();
    Instant least = before;
    for (var end : endsNow.entrySet()) {
      PartitionBooks account =
          accountsNow.getOrDefault(end.getKey(), PartitionBooks.empty(end.getKey()));
      long lag = Math.max(0, end.getValue() - account.accountedThrough());
      newLags.put(end.getKey(), lag);
      Instant reached = lag == 0 ? before : Instant.ofEpochMilli(account.receivedThrough());
      least = reached.isBefore(least) ? reached : least;
    }
    Instant safe = least.minus(LONGEST_APPEND);
    if (safe.isAfter(processedThrough)) {
      processedThrough = safe;
    }
    lags = Map.copyOf(newLags);
  }

  @Override
  public Instant processedThrough() {
    // The clock may have been set back since.
    Instant now = clock.instant();
    Instant reached = processedThrough;
    return reached.isAfter(now) ? now : reached;
  }

  @Override
  public Duration allowedLateness() {
    return allowedLateness;
  }

  /**
   * How many accepted events of each partition have no outcome yet; empty while nothing is known.
   */
  public Map<Integer, Long> lags() {
    return lags;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
