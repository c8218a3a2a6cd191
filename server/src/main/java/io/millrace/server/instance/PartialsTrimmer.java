package io.millrace.server.instance;

import io.millrace.ops.OperationsException;
import io.millrace.ops.ProcessedRecords;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes merged partials now and then, from a thread of its own. What it misses is deleted the
 * next time.
 */
final class PartialsTrimmer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PartialsTrimmer.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final ProcessedRecords records;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("partials-trimmer").factory());

  private final BooleanSupplier isMine;

  private PartialsTrimmer(ProcessedRecords records, BooleanSupplier isMine) {
    this.records = records;
    this.isMine = isMine;
  }

  /**
   * Starts.
   *
   * @param isMine whether this process is the one that does it, of all that share the work
   */
  static PartialsTrimmer start(ProcessedRecords records, BooleanSupplier isMine) {
    var trimmer = new PartialsTrimmer(records, isMine);
    var _ =
        trimmer.timer.scheduleWithFixedDelay(
            trimmer::trim, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return trimmer;
  }

  private void trim() {
    try {
      if (isMine.getAsBoolean()) {
        records.delete();
      }
    } catch (OperationsException unavailable) {
      log.atInfo().setCause(unavailable).log("Merged partials are deleted later");
    } catch (RuntimeException failure) {
      // A scheduled task that throws is never run again.
      log.atWarn().setCause(failure).log("Merged partials could not be deleted");
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
