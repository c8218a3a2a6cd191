package io.millrace.streams.enrich;

import io.millrace.streams.judge.BotFinding;
import io.millrace.streams.judge.BotRule;
import java.util.Optional;

/**
 * What a User-Agent header says about who sent it. An unknown value is empty.
 *
 * @param deviceClass {@code Desktop}, {@code Phone}, {@code Tablet}, {@code TV}, {@code Game
 *     console}, {@code Watch} or {@code Other}
 * @param bot why a program asked and not a person; the rules are {@link AgentClassifier}'s
 */
public record Agent(
    String deviceClass, String browser, String operatingSystem, Optional<BotFinding> bot) {

  /** An agent that could not be understood, which is no reason not to count it. */
  static final Agent UNKNOWN = new Agent("", "", "", Optional.empty());

  static Agent person(String deviceClass, String browser, String operatingSystem) {
    return new Agent(deviceClass, browser, operatingSystem, Optional.empty());
  }

  static Agent bot(BotRule rule, String name) {
    return new Agent("", "", "", Optional.of(new BotFinding(rule, name)));
  }
}
