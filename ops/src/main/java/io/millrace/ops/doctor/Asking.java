package io.millrace.ops.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;

/**
 * Waits for answers of a cluster, and notes the questions that were not answered instead of
 * failing: the rest is worth knowing too. Used by one thread.
 */
final class Asking {
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private final List<String> unseen = new ArrayList<>();

  /** The answer; empty where there is none, which is noted. */
  <T> Optional<T> answer(String what, KafkaFuture<T> future) {
    try {
      return Optional.of(get(future));
    } catch (ExecutionException failure) {
      unseen.add(what + " (" + reason(failure) + ")");
      return Optional.empty();
    }
  }

  /** Why something is refused; empty where it is not. */
  Optional<Throwable> failure(KafkaFuture<?> future) {
    try {
      var _ = get(future);
      return Optional.empty();
    } catch (ExecutionException failure) {
      return Optional.of(failure.getCause() == null ? failure : failure.getCause());
    }
  }

  void note(String what) {
    unseen.add(what);
  }

  List<String> unseen() {
    return unseen;
  }

  /** The first line of what went wrong. */
  static String reason(Throwable failure) {
    Throwable cause =
        failure instanceof ExecutionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  private static <T> T get(KafkaFuture<T> future) throws ExecutionException {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ExecutionException("stopped", stopped);
    } catch (TimeoutException late) {
      throw new ExecutionException(
          new TimeoutException("no answer within " + PATIENCE.toSeconds() + " s"));
    }
  }
}
