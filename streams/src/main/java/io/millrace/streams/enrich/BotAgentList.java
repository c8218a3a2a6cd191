package io.millrace.streams.enrich;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of what is found in the agents of robots, kept by many people and shipped with the
 * program. It knows newer and rarer robots than the parser does. A look-up takes a fraction of a
 * millisecond, so its answers are to be remembered. Immutable, for any number of threads.
 */
final class BotAgentList {
  private static final int LONGEST_NAME = 60;

  private final List<Pattern> patterns;

  private BotAgentList(List<Pattern> patterns) {
    this.patterns = patterns;
  }

  static BotAgentList bundled() {
    return new BotAgentList(
        TableFile.rows("bot-agents.tsv", 1).stream()
            .map(row -> Pattern.compile(row.getFirst()))
            .toList());
  }

  /** The part of an agent by which it is a robot's; empty if nothing of it is on the list. */
  Optional<String> find(String userAgent) {
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(userAgent);
      if (matcher.find()) {
        String found = matcher.group();
        return Optional.of(found.substring(0, Math.min(found.length(), LONGEST_NAME)));
      }
    }
    return Optional.empty();
  }
}
