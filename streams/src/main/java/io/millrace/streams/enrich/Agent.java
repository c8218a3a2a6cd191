package io.millrace.streams.enrich;

/**
 * What a User-Agent header says about who sent it. An unknown value is empty.
 *
 * @param deviceClass {@code Desktop}, {@code Phone}, {@code Tablet}, {@code TV}, {@code Game
 *     console}, {@code Watch} or {@code Other}
 * @param bot whether a program asked and not a person; the rule is {@link AgentClassifier}'s
 * @param botName who the program is, such as {@code Googlebot}; empty for a person
 */
public record Agent(
    String deviceClass, String browser, String operatingSystem, boolean bot, String botName) {

  /** An agent that could not be understood, which is no reason not to count it. */
  static final Agent UNKNOWN = new Agent("", "", "", false, "");

  static Agent person(String deviceClass, String browser, String operatingSystem) {
    return new Agent(deviceClass, browser, operatingSystem, false, "");
  }

  static Agent bot(String botName) {
    return new Agent("", "", "", true, botName);
  }
}
