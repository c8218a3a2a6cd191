package io.millrace.streams.judge;

import io.millrace.model.ClickEvent;
import io.millrace.model.Outcome;
import io.millrace.streams.judge.SeenEvents.Sighting;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives an event its outcome. The questions are asked in a fixed order and the first that ends it
 * decides, so that the same event has the same outcome however often it is processed.
 *
 * <p>An event is remembered before it is asked whether it is a bot's or late: sent again, it is a
 * duplicate whatever it was at first. Belongs to one thread.
 */
public final class Judge {
  static final String FROM_THE_FUTURE = "happened after it was received";
  static final String IMPOSSIBLE_TIME = "has an impossible time";
  static final String SAME_ID = "same id as an earlier event";
  static final String TOO_OLD = "happened too long ago";

  /** The end of the year 9999. */
  private static final long LAST_TIME = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private final JudgeConfig config;
  private final SeenEvents seen;
  private final BotDetector bots;

  public Judge(JudgeConfig config, SeenEvents seen, BotDetector bots) {
    this.config = config;
    this.seen = seen;
    this.bots = bots;
  }

  /** Judges one event, and remembers it. */
  public Judgement judge(ClickEvent event, Arrival arrival) {
    if (!isPossible(event.time()) || !isPossible(event.receivedTime())) {
      return Judgement.DoesNot.because(Outcome.INVALID, IMPOSSIBLE_TIME);
    }
    if (event.receivedTime() - arrival.time() > config.allowedFuture().toMillis()) {
      return Judgement.DoesNot.because(Outcome.INVALID, IMPOSSIBLE_TIME);
    }
    if (event.time() - event.receivedTime() > config.allowedFuture().toMillis()) {
      return Judgement.DoesNot.because(Outcome.INVALID, FROM_THE_FUTURE);
    }
    Sighting sighting = seen.see(event, arrival);
    if (!sighting.isNew()) {
      return Judgement.DoesNot.because(Outcome.DUPLICATE, SAME_ID);
    }
    if (arrival.readmitted()) {
      return new Judgement.Counts();
    }
    Optional<BotFinding> bot = bots.bot(event);
    if (bot.isPresent()) {
      return Judgement.DoesNot.because(bot.get());
    }
    if (isTooMany(event, sighting)) {
      return Judgement.DoesNot.because(
          new BotFinding(BotRule.RATE, "over " + config.maxEventsPerMinute() + " a minute"));
    }
    if (!event.backfill()
        && event.receivedTime() - event.time() > config.allowedLateness().toMillis()) {
      return Judgement.DoesNot.because(Outcome.LATE, TOO_OLD);
    }
    return new Judgement.Counts();
  }

  private boolean isTooMany(ClickEvent event, Sighting sighting) {
    return config.maxEventsPerMinute() > 0
        && !event.backfill()
        && sighting.newInMinute() > config.maxEventsPerMinute();
  }

  private static boolean isPossible(long time) {
    return time > 0 && time <= LAST_TIME;
  }
}
