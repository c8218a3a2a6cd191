package io.millrace.server.drill.load;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends the events of a plan at a steady rate, whatever becomes of those before: what is not
 * acknowledged is sent again with the same ids, to the next collector, until it is. So a collector
 * that is slow does not slow the load down, which would hide that it is.
 *
 * <p>Runs on threads of its own from the beginning until {@link #stop}. Safe for any number of
 * threads.
 */
public final class DrillLoad implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(50);

  private final LoadConfig config;
  private final EventPlan plan;
  private final Ledger ledger = new Ledger();
  private final DrillClient client;
  private final ExecutorService deliveries = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger turn = new AtomicInteger();
  private final Thread ticker;
  private final long begun = System.currentTimeMillis();
  private volatile boolean isStopped;
  private volatile boolean isAbandoned;
  private volatile long ended = Long.MAX_VALUE;

  private DrillLoad(LoadConfig config, EventPlan plan) {
    this.config = config;
    this.plan = plan;
    client = new DrillClient(config, ledger);
    ticker = Thread.ofPlatform().daemon().name("drill-load").unstarted(this::tick);
  }

  public static DrillLoad start(LoadConfig config, EventPlan plan) {
    var load = new DrillLoad(config, plan);
    load.ticker.start();
    return load;
  }

  public Ledger ledger() {
    return ledger;
  }

  /** When the first event went out, in milliseconds since 1970. */
  public long begun() {
    return begun;
  }

  /** When the last one did; in the far future while it goes on. */
  public long ended() {
    return ended;
  }

  /**
   * Makes no more events, and waits until all that were made are acknowledged.
   *
   * @return whether they were in time
   */
  public boolean stop(Duration patience) throws InterruptedException {
    isStopped = true;
    ticker.join();
    deliveries.shutdown();
    boolean allDelivered = deliveries.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    isAbandoned = true;
    return allDelivered;
  }

  private void tick() {
    long start = System.nanoTime();
    long made = 0;
    try {
      while (!isStopped) {
        long due = (System.nanoTime() - start) * config.rate() / 1_000_000_000L;
        List<PlannedEvent> batch = new ArrayList<>();
        for (; made < due; made++) {
          batch.add(plan.next());
        }
        if (!batch.isEmpty()) {
          deliveries.execute(() -> deliver(batch));
        }
        Thread.sleep(TICK);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      ended = System.currentTimeMillis();
    }
  }

  private void deliver(List<PlannedEvent> batch) {
    try {
      for (int time = 0; time <= config.repeats(); time++) {
        while (!isAbandoned && client.post(nextCollector(), batch) != Response.ACKNOWLEDGED) {
          Thread.sleep(config.retryPause());
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private URI nextCollector() {
    return config
        .collectors()
        .get(Math.floorMod(turn.getAndIncrement(), config.collectors().size()));
  }

  @Override
  public void close() {
    isStopped = true;
    isAbandoned = true;
    deliveries.shutdownNow();
    client.close();
  }
}
