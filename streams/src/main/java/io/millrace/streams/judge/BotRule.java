package io.millrace.streams.judge;

import java.util.Locale;

/** Every rule that tells programs from people; each is a reason in the view of outcomes. */
public enum BotRule {
  /** There is no User-Agent, which every browser sends. */
  NO_AGENT,
  /** A User-Agent that no browser would send. */
  MALFORMED_AGENT,
  /** The User-Agent is understood, and it is a program's. */
  AGENT_ANALYSIS,
  /** Something in the User-Agent is on the list of robots. */
  AGENT_LIST,
  /** More events in a minute than a person causes. */
  RATE;

  /** The name in lower case, in words. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
