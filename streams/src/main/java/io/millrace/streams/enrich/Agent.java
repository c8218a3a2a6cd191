package io.millrace.streams.enrich;

import io.millrace.model.Enrichment;
import io.millrace.streams.judge.BotFinding;
import io.millrace.streams.judge.BotRule;
import java.util.Optional;

/**
 * What a User-Agent header and client hints say about who sent them. An unknown value is empty.
 *
 * @param deviceClass {@code Desktop}, {@code Phone}, {@code Tablet}, {@code TV}, {@code Game
 *     console}, {@code Watch} or {@code Other}
 * @param browserVersion the major version
 * @param operatingSystemVersion the major version, where the browser still tells it
 * @param bot why a program asked and not a person; the rules are {@link AgentClassifier}'s
 */
public record Agent(
    String deviceClass,
    String browser,
    String browserVersion,
    String operatingSystem,
    String operatingSystemVersion,
    Optional<BotFinding> bot) {

  /** An agent that could not be understood, which is no reason not to count it. */
  static final Agent UNKNOWN = person("", "", "", "", "");

  /** One that was too much for whoever should understand it; no reason not to count it either. */
  static final Agent FAILED =
      person(
          Enrichment.FAILED,
          Enrichment.FAILED,
          Enrichment.FAILED,
          Enrichment.FAILED,
          Enrichment.FAILED);

  static Agent person(
      String deviceClass,
      String browser,
      String browserVersion,
      String operatingSystem,
      String operatingSystemVersion) {
    return new Agent(
        deviceClass,
        browser,
        browserVersion,
        operatingSystem,
        operatingSystemVersion,
        Optional.empty());
  }

  static Agent bot(BotRule rule, String name) {
    return new Agent("", "", "", "", "", Optional.of(new BotFinding(rule, name)));
  }
}
