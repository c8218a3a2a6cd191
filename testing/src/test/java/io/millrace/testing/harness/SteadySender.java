package io.millrace.testing.harness;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends one event after the other and tries none again, to wherever it is told, as through a
 * balancer that knows which instance is about to be restarted, and gives work to one that was
 * started when it has taken a first event. Ends when closed.
 */
public final class SteadySender implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final String key;
  private final AtomicInteger accepted = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile HttpProbe target;
  private volatile boolean isStopped;

  private SteadySender(String key, URI first) {
    this.key = key;
    target = new HttpProbe(first);
    thread = Thread.ofPlatform().name("steady-sender").unstarted(this::send);
  }

  /** Begins, with a key of the site that it sends to. */
  public static SteadySender start(String key, URI first) {
    var sender = new SteadySender(key, first);
    sender.awaitTaken(sender.target);
    sender.thread.start();
    return sender;
  }

  /** Sends to another from now on, and waits until that has accepted some. */
  public void turnTo(URI other) {
    try (HttpProbe _ = target) {
      var next = new HttpProbe(other);
      awaitTaken(next);
      target = next;
      awaitSome();
    }
  }

  private void awaitTaken(HttpProbe probe) {
    String event = TestEvent.now("first", "/").json();
    await("a first event taken")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> probe.postEvents(key, event).status() == 202);
    accepted.incrementAndGet();
  }

  /** Waits until some more were accepted than up to now. */
  public void awaitSome() {
    int before = accepted.get();
    await("more events accepted").atMost(PATIENCE).until(() -> accepted.get() >= before + 5);
  }

  /** How many were accepted. */
  public int accepted() {
    return accepted.get();
  }

  /** Everything else that was answered. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  private void send() {
    for (int number = 1; !isStopped; number++) {
      try {
        int status = target.postEvents(key, TestEvent.now("steady-" + number, "/").json()).status();
        if (status == 202) {
          accepted.incrementAndGet();
        } else {
          failures.add("event " + number + ": " + status);
        }
        Thread.sleep(PAUSE);
      } catch (InterruptedException stopped) {
        return;
      } catch (RuntimeException noAnswer) {
        failures.add("event " + number + ": " + noAnswer);
      }
    }
  }

  @Override
  public void close() {
    isStopped = true;
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    target.close();
  }
}
