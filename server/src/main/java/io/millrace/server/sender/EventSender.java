package io.millrace.server.sender;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to a collector in their order.
 *
 * <p>One request is on its way at a time, so the events of a visitor reach the log as they were
 * given. A request without an answer is sent again as it is, with the same ids: the collector may
 * have written it before the answer was lost, and then the views recognise the second copy. Trying
 * ends when nothing was acknowledged for as long as {@link RetryPolicy#patience} says.
 *
 * <p>Blocking; for one thread at a time, virtual or not.
 */
public final class EventSender implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventSender.class);

  private final SenderConfig config;
  private final CollectorConnection connection;

  public EventSender(SenderConfig config) {
    this(config, Optional.empty());
  }

  /**
   * One that says whom it believes to be the collector.
   *
   * @param trust whose certificates are believed; empty for those that Java believes
   */
  public EventSender(SenderConfig config, Optional<SSLContext> trust) {
    this.config = config;
    this.connection = new CollectorConnection(config, trust);
  }

  /** Sends all the events, in as many requests as it takes, and waits for the answers. */
  public Delivery send(List<OutgoingEvent> events) throws InterruptedException {
    long accepted = 0;
    var refused = new ArrayList<Refusal>();
    int from = 0;
    while (from < events.size()) {
      int to = endOfRequest(events, from);
      switch (answered(events.subList(from, to))) {
        case Answer.Judged judged -> {
          accepted += judged.accepted();
          for (Refusal refusal : judged.refused()) {
            refused.add(refusal.movedBy(from));
          }
        }
        case Answer.Later later -> {
          return new Delivery.Incomplete(
              accepted, refused, events.size() - from, gaveUp(later.reason()));
        }
        case Answer.Hopeless hopeless -> {
          return new Delivery.Incomplete(
              accepted, refused, events.size() - from, hopeless.reason());
        }
      }
      from = to;
    }
    return new Delivery.Complete(accepted, refused);
  }

  /** Where the request that begins at an event ends: full, but never empty. */
  private int endOfRequest(List<OutgoingEvent> events, int from) {
    int last = (int) Math.min(events.size(), (long) from + config.maxEvents());
    long bytes = 0;
    for (int at = from; at < last; at++) {
      bytes += events.get(at).json().length + 1;
      if (bytes > config.maxBytes() && at > from) {
        return at;
      }
    }
    return last;
  }

  /** The first answer that is final, or the last one that was not when patience ended. */
  private Answer answered(List<OutgoingEvent> request) throws InterruptedException {
    long begun = System.nanoTime();
    int failures = 0;
    while (true) {
      Answer answer = connection.send(request);
      if (!(answer instanceof Answer.Later later)) {
        return answer;
      }
      failures++;
      Duration waited = Duration.ofNanos(System.nanoTime() - begun);
      Optional<Duration> pause = config.retry().pauseAfter(failures, waited, later.asked());
      if (pause.isEmpty()) {
        return answer;
      }
      logFirst(failures, later);
      Thread.sleep(pause.get());
    }
  }

  private static void logFirst(int failures, Answer.Later later) {
    if (failures == 1) {
      log.atInfo().addKeyValue("reason", later.reason()).log("Sending the same events again");
    }
  }

  private String gaveUp(String reason) {
    return "gave up after %d s without an acknowledgement: %s"
        .formatted(config.retry().patience().toSeconds(), reason);
  }

  @Override
  public void close() {
    connection.close();
  }
}
