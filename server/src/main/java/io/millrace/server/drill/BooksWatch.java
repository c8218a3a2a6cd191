package io.millrace.server.drill;

import io.millrace.server.report.Audit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the books every minute, whatever fails meanwhile, and remembers what it saw. Safe for
 * any number of threads; one of its own looks.
 */
final class BooksWatch implements AutoCloseable {
  private static final Duration BETWEEN = Duration.ofMinutes(1);
  private static final Duration END = Duration.ofSeconds(30);

  /** Nobody may be able to tell them just now; for this many minutes nobody can only be a fault. */
  private static final int MOST_SILENT = 5;

  private final Scene scene;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<String> faults = new ArrayList<>();
  private final Thread thread;
  private int silent;

  private BooksWatch(Scene scene) {
    this.scene = scene;
    thread = Thread.ofPlatform().name("drill-books").unstarted(this::watch);
  }

  static BooksWatch start(Scene scene) {
    var watch = new BooksWatch(scene);
    watch.thread.start();
    return watch;
  }

  /** What was wrong with the books, at any look. */
  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  private void watch() {
    try {
      do {
        look(scene.audit());
      } while (!closed.await(BETWEEN.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void look(Optional<Audit> audit) {
    if (audit.isEmpty()) {
      scene.mark("books: nobody answers now");
      silent++;
      if (silent == MOST_SILENT) {
        faults.add("nobody could tell the books for " + MOST_SILENT + " minutes");
      }
      return;
    }
    silent = 0;
    Audit books = audit.get();
    String seen =
        "books: %,d accepted, %,d pending, %s"
            .formatted(
                books.accepted(), books.pending(), books.balanced() ? "balanced" : "NOT BALANCED");
    scene.mark(seen);
    if (!books.balanced()) {
      faults.add(seen);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(END);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
