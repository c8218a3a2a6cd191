package io.millrace.streams.backfill;

import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.ViewGeneration;
import io.millrace.views.BackfillProgress;
import io.millrace.views.CellReader;
import io.millrace.views.DefinedView;
import io.millrace.views.DefinedViews;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each view that is defined its past, one after the other, on one thread of its own, while
 * this process is the one of all that does so. Any thread may ask.
 *
 * <p>Two may believe that they are the one for a while, as when one was paused. Whoever begins
 * later ends the other, whose next try waits long enough for the first to get somewhere; whatever
 * both do, everything is sent once.
 */
public final class Backfills implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Backfills.class);
  private static final Duration LOOKS_AGAIN_AFTER = Duration.ofMillis(500);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);
  private static final Duration LEFT_TO_ANOTHER = Duration.ofSeconds(15);

  private final BackfillSettings settings;
  private final DefinedViews definedViews;
  private final CellReader cells;
  private final Consumer<ControlCommand> control;
  private final BooleanSupplier isMine;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /** Until when views are left to another process, which has ended what this one did. */
  private final Map<ViewGeneration, Long> elsewhere = new HashMap<>();

  private final Turns turns = new Turns();

  private volatile @Nullable Backfill current;

  private Backfills(
      BackfillSettings settings,
      DefinedViews definedViews,
      CellReader cells,
      Consumer<ControlCommand> control,
      BooleanSupplier isMine) {
    this.settings = settings;
    this.definedViews = definedViews;
    this.cells = cells;
    this.control = control;
    this.isMine = isMine;
    thread = Thread.ofPlatform().daemon().name("backfills").unstarted(this::run);
  }

  /**
   * Starts; whatever is to be done is found in the definitions.
   *
   * @param control appends a command to the topic control, and waits until it has its effect
   * @param isMine whether this process is the one that does it, of all that share the work; asked
   *     again and again
   */
  public static Backfills start(
      BackfillSettings settings,
      DefinedViews definedViews,
      CellReader cells,
      Consumer<ControlCommand> control,
      BooleanSupplier isMine) {
    var backfills = new Backfills(settings, definedViews, cells, control, isMine);
    backfills.thread.start();
    return backfills;
  }

  /** Of a view that is given its past just now, here. */
  public Optional<BackfillProgress> progress(ViewGeneration view) {
    Backfill backfill = current;
    return backfill != null && backfill.view().equals(view)
        ? Optional.of(backfill.progress())
        : Optional.empty();
  }

  /** The view that is given its past just now, here. */
  public Optional<ViewGeneration> view() {
    return Optional.ofNullable(current).map(Backfill::view);
  }

  /** Of the view that is given its past just now, here. */
  public Optional<BackfillProgress> current() {
    return Optional.ofNullable(current).map(Backfill::progress);
  }

  private void run() {
    try {
      while (!isClosed()) {
        Optional<DefinedView> next = next();
        if (next.isPresent()) {
          run(next.get());
        } else {
          pause(LOOKS_AGAIN_AFTER);
        }
      }
    } catch (InterruptedException stopped) {
      // Closed; what was not committed is read again the next time.
    }
  }

  private Optional<DefinedView> next() {
    if (!isMine.getAsBoolean()) {
      return Optional.empty();
    }
    long now = System.nanoTime();
    elsewhere.values().removeIf(until -> now - until >= 0);
    DefinedViews.Known known = definedViews.known();
    List<ViewGeneration> due =
        known.views().stream()
            .filter(view -> !view.definition().backfill().isOver())
            .filter(DefinedView::hasItsTables)
            .map(view -> view.definition().generation())
            .filter(generation -> !elsewhere.containsKey(generation))
            .toList();
    return turns.next(due).flatMap(known::view);
  }

  private void run(DefinedView view) throws InterruptedException {
    ViewGeneration generation = view.definition().generation();
    var backfill =
        new Backfill(
            settings,
            view,
            cells,
            control,
            () -> isClosed() || isGone(generation) || !isMine.getAsBoolean());
    current = backfill;
    try {
      backfill.run();
    } catch (InterruptException stopped) {
      throw new InterruptedException();
    } catch (RuntimeException failure) {
      if (isTakenOver(failure)) {
        elsewhere.put(generation, System.nanoTime() + LEFT_TO_ANOTHER.toNanos());
        log.atInfo()
            .addKeyValue("view", generation.cells())
            .log("Another process gives a view its past");
      } else {
        log.atWarn()
            .addKeyValue("view", generation.cells())
            .setCause(failure)
            .log("The past of a view is read on in a moment");
        pause(PAUSE_AFTER_FAILURE);
      }
    } finally {
      current = null;
    }
  }

  /** A producer that was ended by another tells so itself, or as the cause of what it cannot do. */
  private static boolean isTakenOver(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return true;
      }
    }
    return false;
  }

  private boolean isGone(ViewGeneration view) {
    return definedViews.definitions().known().definition(view).isEmpty();
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void pause(Duration duration) throws InterruptedException {
    var _ = closed.await(duration.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Leaves off; waits for at most ten seconds. */
  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
