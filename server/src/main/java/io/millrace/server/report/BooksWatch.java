package io.millrace.server.report;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Waits until what the collector has accepted by now is in the views and the books balance. What is
 * accepted later is not waited for, so it ends on a busy system too; the time is bounded all the
 * same. Blocking; for one thread.
 */
public final class BooksWatch {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  private final ViewClient client;

  public BooksWatch(ViewClient client) {
    this.client = client;
  }

  /**
   * Asks for the books again and again.
   *
   * @param atMost how long, after which the last answer counts
   * @param progress told each answer
   */
  public Settlement awaitCounted(Duration atMost, Consumer<Audit> progress)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    Duration pause = FIRST_PAUSE;
    Optional<Audit> first = Optional.empty();
    while (true) {
      Reply<Audit> reply = client.audit();
      if (reply instanceof Reply.Answered<Audit>(Audit audit)) {
        progress.accept(audit);
        first = Optional.of(first.orElse(audit));
        if (audit.hasSettled(first.get())) {
          return new Settlement.Settled(audit);
        }
      }
      if (System.nanoTime() - end >= 0) {
        return unsettled(reply);
      }
      Thread.sleep(pause);
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
  }

  private static Settlement unsettled(Reply<Audit> reply) {
    return switch (reply) {
      case Reply.Answered<Audit>(Audit audit) -> new Settlement.Unsettled(audit);
      case Reply.Unanswered<Audit>(String reason) -> new Settlement.Unknown(reason);
    };
  }
}
