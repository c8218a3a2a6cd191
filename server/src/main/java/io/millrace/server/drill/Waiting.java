package io.millrace.server.drill;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Waits for conditions, each with a bound, so that a drill ends whatever does not come true. */
public final class Waiting {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private Waiting() {}

  /** Something that may not be known yet. */
  @FunctionalInterface
  public interface Question<T> {
    Optional<T> ask() throws InterruptedException;
  }

  /**
   * Looks again and again.
   *
   * @return whether it came true in time
   */
  public static boolean until(Duration patience, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(PAUSE);
    }
    return true;
  }

  /**
   * Looks again and again, and gives the drill up where it is in vain.
   *
   * @param what is to come true, as a clause
   */
  public static void require(Duration patience, String what, BooleanSupplier condition)
      throws InterruptedException {
    if (!until(patience, condition)) {
      throw new ServerException(
          ServerError.DRILL_STUCK,
          "Waited %d s in vain until %s".formatted(patience.toSeconds(), what));
    }
  }

  /**
   * The answer to a question, asked again and again, which gives the drill up where there is none.
   *
   * @param what is asked, as a clause
   */
  public static <T> T known(Duration patience, String what, Question<T> question)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    Optional<T> answer = question.ask();
    while (answer.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(PAUSE);
      answer = question.ask();
    }
    return answer.orElseThrow(
        () -> new ServerException(ServerError.DRILL_STUCK, "Nobody knows " + what));
  }
}
