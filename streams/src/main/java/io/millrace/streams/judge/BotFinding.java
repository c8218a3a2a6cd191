package io.millrace.streams.judge;

/**
 * Why an event is a bot's.
 *
 * @param name who the program is, such as {@code Googlebot}, or what gave it away; may be empty
 */
public record BotFinding(BotRule rule, String name) {

  /** For the lane, such as {@code bot: agent list "Googlebot"}. */
  String explanation() {
    return "bot: " + rule.label() + (name.isEmpty() ? "" : " \"" + name + '"');
  }

  /** Whether an explanation is one of the same rule. */
  boolean isOfRule(String explanation) {
    String beginning = new BotFinding(rule, "").explanation();
    return explanation.equals(beginning) || explanation.startsWith(beginning + " \"");
  }
}
