package io.millrace.collector.log;

import io.millrace.collector.log.AppendResult.Acknowledged;
import io.millrace.collector.log.AppendResult.Cause;
import io.millrace.collector.log.AppendResult.Unavailable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Counts the acknowledgements of one request's events and wakes its thread after the last, or after
 * the first failure. The producer's one network thread calls back, so calling back is cheap.
 */
final class Acknowledgements implements Callback {
  private final CountDownLatch decided = new CountDownLatch(1);
  private final Consumer<Exception> failures;
  private final AtomicInteger missing;
  private final AtomicReference<@Nullable Cause> failure = new AtomicReference<>();

  Acknowledgements(int expected, Consumer<Exception> failures) {
    this.failures = failures;
    missing = new AtomicInteger(expected);
    if (expected == 0) {
      decided.countDown();
    }
  }

  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
    if (exception != null) {
      fail(exception);
    } else if (missing.decrementAndGet() == 0) {
      decided.countDown();
    }
  }

  void fail(Exception exception) {
    if (failure.compareAndSet(null, causeOf(exception))) {
      failures.accept(exception);
    }
    decided.countDown();
  }

  boolean failed() {
    return failure.get() != null;
  }

  AppendResult await(long nanos) {
    try {
      if (!decided.await(nanos, TimeUnit.NANOSECONDS)) {
        return new Unavailable(Cause.LATE);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Unavailable(Cause.FAILED);
    }
    Cause cause = failure.get();
    return cause == null ? new Acknowledged() : new Unavailable(cause);
  }

  private static Cause causeOf(Exception exception) {
    return switch (exception) {
      case BufferExhaustedException full -> Cause.FULL;
      case TimeoutException late -> Cause.LATE;
      default -> Cause.FAILED;
    };
  }
}
