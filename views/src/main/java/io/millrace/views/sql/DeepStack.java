package io.millrace.views.sql;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Runs what calls itself as deep as a statement is nested. A thread whose stack overflows while a
 * class is loaded would leave that class unusable for all others, so there is room enough.
 */
final class DeepStack {
  private static final long BYTES = 64L << 20;

  private DeepStack() {}

  static <T> T call(Supplier<T> work) {
    var task = new FutureTask<>(work::get);
    new Thread(null, task, "view-compiler", BYTES).start();
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException interrupted) {
          isInterrupted = true;
        }
      }
    } catch (ExecutionException failed) {
      throw reason(failed);
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException reason(ExecutionException failed) {
    return switch (failed.getCause()) {
      case RuntimeException thrown -> thrown;
      case Error thrown -> throw thrown;
      case null, default -> new IllegalStateException("a view could not be compiled", failed);
    };
  }
}
