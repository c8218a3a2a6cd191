package io.millrace.streams.enrich;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.model.ClientHints;
import io.millrace.streams.judge.BotRule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
  private final Cache<Client, Agent> remembered =
      Caffeine.newBuilder().maximumSize(AGENTS_REMEMBERED).executor(Runnable::run).build();

  /** What an answer depends on. Most clients without hints share the one object for none. */
  private record Client(String userAgent, ClientHints hints) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Client(String otherAgent, ClientHints otherHints)
          && userAgent.equals(otherAgent)
          && (hints.isNone() ? otherHints.isNone() : hints.equals(otherHints));
    }

    @Override
    public int hashCode() {
      return hints.isNone() ? userAgent.hashCode() : 31 * userAgent.hashCode() + hints.hashCode();
    }
  }

  public AgentClassifier(AgentParser parser) {
    this.parser = parser;
  }

  /**
   * Classifies any text with any hints. Hints refine what is known of a person; the rules for bots
   * but the parser's own look at the text alone. Throws only what the parser throws.
   */
  public Agent classify(String userAgent, ClientHints hints) {
    if (userAgent.isBlank() || userAgent.equals("-")) {
      return MISSING;
    }
    return remembered.get(new Client(cut(userAgent), bounded(hints)), this::understand);
  }

  private Agent understand(Client client) {
    String userAgent = client.userAgent();
    if (REPORTING_LIBRARIES.stream().anyMatch(userAgent::startsWith)) {
      return Agent.UNKNOWN;
    }
    if (!AgentShape.isPlausible(userAgent)) {
      return MALFORMED;
    }
    Agent agent = parser.parse(userAgent, client.hints().plausible());
    return agent.bot().isPresent() ? agent : listed(userAgent).orElse(agent);
  }

  private Optional<Agent> listed(String userAgent) {
    return robots.find(userAgent).map(name -> Agent.bot(BotRule.AGENT_LIST, name));
  }

  /**
   * The collector lets no others through. Whoever else writes to the log must not make the memory
   * of agents large.
   */
  private static ClientHints bounded(ClientHints hints) {
    boolean isBounded =
        hints.brands().length() <= ClientHints.LONGEST_LIST
            && hints.fullVersions().length() <= ClientHints.LONGEST_LIST
            && hints.mobile().length() <= ClientHints.LONGEST_TEXT
            && hints.platform().length() <= ClientHints.LONGEST_TEXT
            && hints.platformVersion().length() <= ClientHints.LONGEST_TEXT
            && hints.model().length() <= ClientHints.LONGEST_TEXT;
    return isBounded ? hints : ClientHints.NONE;
  }

  private static String cut(String userAgent) {
    return userAgent.length() > LONGEST_AGENT ? userAgent.substring(0, LONGEST_AGENT) : userAgent;
  }
}
