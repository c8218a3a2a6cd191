package io.millrace.streams.judge;

import io.millrace.model.ClickEvent;
import io.millrace.model.Outcome;
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
  static final String WITHOUT_TIME = "has no time";
  static final String SAME_ID = "same id as an earlier event";
  static final String TOO_OLD = "happened too long ago";

  private final JudgeConfig config;
  private final SeenEvents seen;
  private final BotDetector bots;

  public Judge(JudgeConfig config, SeenEvents seen, BotDetector bots) {
    this.config = config;
    this.seen = seen;
    this.bots = bots;
  }

  public Judgement judge(ClickEvent event) {
    if (event.time() <= 0 || event.receivedTime() <= 0) {
      return new Judgement.DoesNot(Outcome.INVALID, WITHOUT_TIME);
    }
    if (event.time() - event.receivedTime() > config.allowedFuture().toMillis()) {
      return new Judgement.DoesNot(Outcome.INVALID, FROM_THE_FUTURE);
    }
    if (!seen.addIfNew(event)) {
      return new Judgement.DoesNot(Outcome.DUPLICATE, SAME_ID);
    }
    Optional<String> botRule = bots.botRule(event);
    if (botRule.isPresent()) {
      return new Judgement.DoesNot(Outcome.BOT, botRule.get());
    }
    if (!event.backfill()
        && event.receivedTime() - event.time() > config.allowedLateness().toMillis()) {
      return new Judgement.DoesNot(Outcome.LATE, TOO_OLD);
    }
    return new Judgement.Counts();
  }
}
