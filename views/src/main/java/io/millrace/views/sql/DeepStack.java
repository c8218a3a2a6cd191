package io.millrace.views.sql;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Runs what calls itself as deep as a statement is nested. A thread whose stack overflows while a
 * class is loaded would leave that class unusable for all others, so there is room enough.
 */
final class DeepStack {
  private static final long BYTES = 64L << 20;

  private DeepStack() {}

  static <T> T call(Supplier<T> work) {
    var result = new AtomicReference<T>();
    var failure = new AtomicReference<Throwable>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                result.set(work.get());
              } catch (RuntimeException | Error thrown) {
                failure.set(thrown);
              }
            },
            "view-compiler",
            BYTES);
    thread.start();
    join(thread);
    return switch (failure.get()) {
      case null -> result.get();
      case RuntimeException thrown -> throw thrown;
      case Error thrown -> throw thrown;
      case Throwable impossible -> throw new IllegalStateException(impossible);
    };
  }

  private static void join(Thread thread) {
    boolean isInterrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException interrupted) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
