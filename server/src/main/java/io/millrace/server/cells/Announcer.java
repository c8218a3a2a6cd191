package io.millrace.server.cells;

import io.millrace.model.instance.Announcement;
import io.millrace.streams.OwnCells;
import io.millrace.streams.OwnCells.ChangelogPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what this instance has: every second, and as soon as partitions of cells come or go. A
 * thread of its own looks, and another asks the cluster how far copies are, which takes as long as
 * a broker is away: nobody should believe meanwhile that this instance is.
 */
final class Announcer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Announcer.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final long SILENT_NANOS = Duration.ofSeconds(1).toNanos();

  private final InstanceFacts facts;
  private final OwnCells own;
  private final CopyLags lags;
  private final Supplier<List<Announcement.Past>> pasts;
  private final Consumer<Announcement> said;
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().daemon().name("announcer-", 0).factory());

  private @Nullable Set<Integer> latest;
  private long latestNanos;

  Announcer(
      InstanceFacts facts,
      OwnCells own,
      CopyLags lags,
      Supplier<List<Announcement.Past>> pasts,
      Consumer<Announcement> said) {
    this.facts = facts;
    this.own = own;
    this.lags = lags;
    this.pasts = pasts;
    this.said = said;
  }

  void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            () -> tryTo(() -> look(System.nanoTime())),
            0,
            BETWEEN_LOOKS.toMillis(),
            TimeUnit.MILLISECONDS);
    if (own.partitions() > 0) {
      var _ =
          timer.scheduleWithFixedDelay(
              () -> tryTo(this::lookAtCopies), 0, SILENT_NANOS, TimeUnit.NANOSECONDS);
    }
  }

  private static void tryTo(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException failure) {
      // A scheduled task that throws is never run again.
      log.atWarn().setCause(failure).log("This instance could not say what it has");
    }
  }

  void look(long nowNanos) {
    Set<Integer> active = active();
    boolean isDue = nowNanos - latestNanos >= SILENT_NANOS;
    if (active.equals(latest) && !isDue) {
      return;
    }
    latest = active;
    latestNanos = nowNanos;
    said.accept(announcement(active));
  }

  void lookAtCopies() {
    Optional<Map<Integer, ChangelogPosition>> positions = own.positions();
    long now = System.nanoTime();
    positions.ifPresentOrElse(known -> lags.look(known, now), () -> lags.lookInVain(now));
  }

  private Set<Integer> active() {
    var active = new TreeSet<Integer>();
    for (int partition = 0; partition < own.partitions(); partition++) {
      if (own.has(partition)) {
        active.add(partition);
      }
    }
    return active;
  }

  private Announcement announcement(Set<Integer> active) {
    var copies = new ArrayList<>(lags.copies().values());
    copies.removeIf(copy -> active.contains(copy.partition()));
    return new Announcement(
        facts.instance(),
        facts.name(),
        facts.url(),
        facts.roles(),
        facts.version(),
        active,
        copies,
        pasts.get());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
