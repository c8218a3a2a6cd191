package io.millrace.collector;

import io.millrace.collector.event.EventDraft;
import io.millrace.collector.event.EventJudge;
import io.millrace.collector.event.Judgement;
import io.millrace.collector.event.KeyRing;
import io.millrace.collector.log.AppendResult;
import io.millrace.collector.log.ClickLog;
import io.millrace.collector.sender.SaltUnavailableException;
import io.millrace.collector.sender.Sender;
import io.millrace.model.ClickEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way into the log, whatever the protocol: judge every draft, write those accepted, and
 * wait until they are acknowledged. Safe for any number of threads.
 */
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final EventJudge judge;
  private final ClickLog log;
  private final Duration patience;
  private final CollectorMetrics metrics;
  private final AtomicBoolean available = new AtomicBoolean(true);

  Intake(EventJudge judge, ClickLog log, Duration patience, CollectorMetrics metrics) {
    this.judge = judge;
    this.log = log;
    this.patience = patience;
    this.metrics = metrics;
  }

  Receipt take(List<EventDraft> drafts, Sender sender, KeyRing keys) {
    try {
      return write(
          new Receipt.Judged(
              drafts.stream().map(draft -> judge.judge(draft, sender, keys)).toList()));
    } catch (SaltUnavailableException notYet) {
      // Nothing of the request was written.
      return new Receipt.TurnedAway(
          AnswerCode.UNAVAILABLE, "visitors without an id cannot be named at the moment");
    }
  }

  private Receipt write(Receipt.Judged judged) {
    List<ClickEvent> events = accepted(judged.judgements());
    if (!events.isEmpty() && append(events) instanceof AppendResult.Unavailable(var cause)) {
      return new Receipt.TurnedAway(AnswerCode.UNAVAILABLE, reason(cause));
    }
    metrics.judged(events.size(), judged.refusals());
    return judged;
  }

  private AppendResult append(List<ClickEvent> events) {
    long start = System.nanoTime();
    AppendResult result = log.append(events, patience);
    metrics.appended(System.nanoTime() - start);
    note(result);
    return result;
  }

  /** One line when the log is lost and one when it is back, however many requests notice. */
  private void note(AppendResult result) {
    switch (result) {
      case AppendResult.Acknowledged acknowledged -> {
        if (!available.get() && available.compareAndSet(false, true)) {
          LOG.info("The log of clicks is available again");
        }
      }
      case AppendResult.Unavailable(var cause) -> {
        if (available.compareAndSet(true, false)) {
          LOG.atWarn()
              .addKeyValue("cause", cause)
              .log("The log of clicks is not available; answering 503 until it is");
        }
      }
    }
  }

  private static List<ClickEvent> accepted(List<Judgement> judgements) {
    return judgements.stream()
        .filter(Judgement.Accepted.class::isInstance)
        .map(judgement -> ((Judgement.Accepted) judgement).event())
        .toList();
  }

  private static String reason(AppendResult.Cause cause) {
    return switch (cause) {
      case FULL -> "too many events are waiting to be written";
      case LATE -> "the log did not acknowledge in time";
      case FAILED -> "the log is not available";
    };
  }
}
