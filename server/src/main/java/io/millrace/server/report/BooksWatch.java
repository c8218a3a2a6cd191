package io.millrace.server.report;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Waits until what the collector has accepted is in the views: until nothing is pending and the
 * books balance. While events keep coming this may never be, so the time is bounded. Blocking; for
 * one thread.
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
    while (true) {
      Settlement found = settlement(client.audit(), progress);
      if (found instanceof Settlement.Settled || System.nanoTime() - end >= 0) {
        return found;
      }
      Thread.sleep(pause);
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
  }

  private static Settlement settlement(Reply<Audit> reply, Consumer<Audit> progress) {
    return switch (reply) {
      case Reply.Answered<Audit>(Audit audit) -> {
        progress.accept(audit);
        yield audit.isSettled() ? new Settlement.Settled(audit) : new Settlement.Unsettled(audit);
      }
      case Reply.Unanswered<Audit>(String reason) -> new Settlement.Unknown(reason);
    };
  }
}
