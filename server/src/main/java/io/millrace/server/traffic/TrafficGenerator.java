package io.millrace.server.traffic;

import io.millrace.server.sender.Delivery;
import io.millrace.server.sender.EventSender;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the traffic of a {@link SimulatedSite} to a collector at a steady rate.
 *
 * <p>Every 50 ms it makes what is due and sends it. While a request waits for its answer nothing is
 * made, so a collector that cannot follow slows the generator down; up to two seconds' worth is
 * caught up on, what is beyond is not made, counted ({@link TrafficTally#notMade}) and logged.
 *
 * <p>{@link #run} is for one thread; {@link #tally} and {@link #close} are for any.
 */
public final class TrafficGenerator implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TrafficGenerator.class);
  private static final Duration TICK = Duration.ofMillis(50);
  private static final double MOST_SECONDS_BEHIND = 2;

  private final SimulatedSite site;
  private final EventSender sender;
  private final InstantSource clock;
  private final Pace pace;
  private final TrafficCounts counts = new TrafficCounts();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile long notMade;

  /**
   * @param rate events a second
   */
  public TrafficGenerator(
      SimulatedSite site, EventSender sender, double rate, InstantSource clock) {
    this.site = site;
    this.sender = sender;
    this.clock = clock;
    this.pace = new Pace(rate, Math.max(1, Math.round(rate * MOST_SECONDS_BEHIND)));
  }

  /** Runs until closed, or until the collector is given up. Once only. */
  public TrafficRun run() throws InterruptedException {
    return runFor(Duration.ofNanos(Long.MAX_VALUE));
  }

  /** Runs so long, or until closed, or until the collector is given up. Once only. */
  public TrafficRun runFor(Duration duration) throws InterruptedException {
    long begun = System.nanoTime();
    long end = duration.toNanos();
    Optional<String> failure = Optional.empty();
    long elapsed = 0;
    while (failure.isEmpty()
        && elapsed < end
        && !closed.await(untilTick(begun, end), TimeUnit.NANOSECONDS)) {
      elapsed = Math.min(end, System.nanoTime() - begun);
      failure = send(pace.due(elapsed));
    }
    return new TrafficRun(tally(), Duration.ofNanos(System.nanoTime() - begun), failure);
  }

  /** What was done so far. */
  public TrafficTally tally() {
    return counts.tally(notMade);
  }

  private static long untilTick(long begun, long end) {
    long elapsed = System.nanoTime() - begun;
    long tick = TICK.toNanos();
    return Math.min(tick - elapsed % tick, Math.max(0, end - elapsed));
  }

  private Optional<String> send(int due) throws InterruptedException {
    admitSlowness();
    if (due == 0) {
      return Optional.empty();
    }
    List<SiteEvent> events = new ArrayList<>(due);
    for (int event = 0; event < due; event++) {
      events.add(site.next(clock.instant()));
    }
    pace.made(due);
    Delivery delivery = sender.send(events.stream().map(SiteEvent::event).toList());
    counts.add(events, delivery);
    return delivery instanceof Delivery.Incomplete incomplete
        ? Optional.of(incomplete.reason())
        : Optional.empty();
  }

  private void admitSlowness() {
    if (pace.forgiven() > 0 && notMade == 0) {
      log.atWarn()
          .addKeyValue("behind", pace.forgiven())
          .log("The collector cannot follow the rate; sending more slowly");
    }
    notMade = pace.forgiven();
  }

  /** Ends the run after the request that is on its way; does not close the sender. */
  @Override
  public void close() {
    closed.countDown();
  }
}
