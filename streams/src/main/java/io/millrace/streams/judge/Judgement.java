package io.millrace.streams.judge;

import io.millrace.model.Outcome;

/** What is decided of a decoded event. */
public sealed interface Judgement {

  /** It counts. */
  record Counts() implements Judgement {}

  /**
   * It does not.
   *
   * @param outcome any but {@link Outcome#COUNTED}
   * @param reason a short phrase from a small set, since it becomes a dimension of a view
   * @param explanation what the reason was in this case, for the lane
   */
  record DoesNot(Outcome outcome, String reason, String explanation) implements Judgement {

    static DoesNot because(Outcome outcome, String reason) {
      return new DoesNot(outcome, reason, reason);
    }

    static DoesNot because(BotFinding bot) {
      return new DoesNot(Outcome.BOT, bot.rule().label(), bot.explanation());
    }
  }
}
