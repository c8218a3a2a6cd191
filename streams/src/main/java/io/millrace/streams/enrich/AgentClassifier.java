package io.millrace.streams.enrich;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.streams.judge.BotRule;
import java.util.List;
import java.util.Optional;

/**
 * Tells people from programs, and what device people use. Shared by all threads.
 *
 * <p>A site sees the same few thousand agents again and again, and understanding one takes about a
 * millisecond, so the most used ones are remembered.
 *
 * <p><b>The bot rule.</b>
 *
 * <ol>
 *   <li>A missing User-Agent, empty or {@code -}, is a bot's: every browser sends one.
 *   <li>The agent of a library by which a site's own server reports what a person did says nothing
 *       about that person: unknown, not a bot.
 *   <li>A text no browser would send is a bot's, and is not looked at further; see {@link
 *       AgentShape}.
 *   <li>Then the parser is asked; see {@link YauaaAgentParser}.
 *   <li>Whom the parser takes for a person may be on the list; see {@link BotAgentList}.
 * </ol>
 */
public final class AgentClassifier {
  /** Longer agents are cut: what matters stands before, and time grows faster than length. */
  public static final int LONGEST_AGENT = 500;

  private static final int AGENTS_REMEMBERED = 10_000;
  private static final Agent MISSING = Agent.bot(BotRule.NO_AGENT, "");
  private static final Agent MALFORMED = Agent.bot(BotRule.MALFORMED_AGENT, "");

  /** How the agents of the reporting libraries of servers begin. */
  private static final List<String> REPORTING_LIBRARIES =
      List.of(
          "analytics-",
          "analytics.",
          "AnalyticsPHP",
          "posthog-",
          "rudder-",
          "RudderStack",
          "snowplow-",
          "Snowplow",
          "plausible-",
          "millrace-");

  private final AgentParser parser;
  private final BotAgentList robots = BotAgentList.bundled();
  private final Cache<String, Agent> remembered =
      Caffeine.newBuilder().maximumSize(AGENTS_REMEMBERED).executor(Runnable::run).build();

  public AgentClassifier(AgentParser parser) {
    this.parser = parser;
  }

  /** Classifies any text. Throws only what the parser throws. */
  public Agent classify(String userAgent) {
    if (userAgent.isBlank() || userAgent.equals("-")) {
      return MISSING;
    }
    return remembered.get(cut(userAgent), this::understand);
  }

  private Agent understand(String userAgent) {
    if (REPORTING_LIBRARIES.stream().anyMatch(userAgent::startsWith)) {
      return Agent.UNKNOWN;
    }
    if (!AgentShape.isPlausible(userAgent)) {
      return MALFORMED;
    }
    Agent agent = parser.parse(userAgent);
    return agent.bot().isPresent() ? agent : listed(userAgent).orElse(agent);
  }

  private Optional<Agent> listed(String userAgent) {
    return robots.find(userAgent).map(name -> Agent.bot(BotRule.AGENT_LIST, name));
  }

  private static String cut(String userAgent) {
    return userAgent.length() > LONGEST_AGENT ? userAgent.substring(0, LONGEST_AGENT) : userAgent;
  }
}
