package io.millrace.streams.enrich;

import io.millrace.model.ClientHints;
import io.millrace.streams.judge.BotRule;
import java.util.LinkedHashMap;
import java.util.Map;
import nl.basjes.parse.useragent.UserAgent;
import nl.basjes.parse.useragent.UserAgentAnalyzerDirect;

/**
 * Understands agents with the rules of yauaa. Shared by all threads, which take turns: the analyzer
 * keeps the state of the agent at hand.
 *
 * <p>Loading takes seconds and some 100 MB, so there is one, loaded in the background. Only the six
 * fields used are asked for, and yauaa's own cache is left out, since {@link AgentClassifier} has
 * one. yauaa logs under {@code nl.basjes.parse.useragent}, a banner and the sizes of its rules at
 * INFO; that logger belongs at WARN.
 *
 * <p><b>What counts as a bot</b>: a device class of Robot (also mobile or imitated), Hacker or
 * Cloud; an agent class of Robot, Hacker, Testclient, Cloud Application or Server; and an agent
 * class of Special (libraries, feed readers, monitors, nameless tools) unless it is on a device
 * that a person holds, as old telephones are.
 */
final class YauaaAgentParser implements AgentParser {
  private static final String DEVICE = UserAgent.DEVICE_CLASS;
  private static final String AGENT = UserAgent.AGENT_CLASS;
  private static final String NAME = UserAgent.AGENT_NAME;
  private static final String VERSION = UserAgent.AGENT_VERSION_MAJOR;
  private static final String SYSTEM = UserAgent.OPERATING_SYSTEM_NAME;
  private static final String SYSTEM_VERSION = UserAgent.OPERATING_SYSTEM_VERSION_MAJOR;

  private static final String USUAL =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";

  private final UserAgentAnalyzerDirect analyzer;

  private YauaaAgentParser(UserAgentAnalyzerDirect analyzer) {
    this.analyzer = analyzer;
  }

  /** Loads all rules; takes seconds. */
  static YauaaAgentParser load() {
    var parser =
        new YauaaAgentParser(
            UserAgentAnalyzerDirect.newBuilder()
                .hideMatcherLoadStats()
                .dropTests()
                .immediateInitialization()
                .withFields(DEVICE, AGENT, NAME, VERSION, SYSTEM, SYSTEM_VERSION)
                .build());
    // The first takes much longer than those after it, which no event is to wait for.
    var _ = parser.parse(USUAL, ClientHints.NONE);
    return parser;
  }

  @Override
  public synchronized Agent parse(String userAgent, ClientHints hints) {
    UserAgent found =
        hints.isNone() ? analyzer.parse(userAgent) : analyzer.parse(headers(userAgent, hints));
    String device = found.getValue(DEVICE);
    String name = known(found.getValue(NAME));
    return isBot(device, found.getValue(AGENT))
        ? Agent.bot(BotRule.AGENT_ANALYSIS, name.isEmpty() ? "Unnamed" : name)
        : Agent.person(
            deviceClass(device),
            name,
            known(found.getValue(VERSION)),
            system(found.getValue(SYSTEM)),
            known(found.getValue(SYSTEM_VERSION)));
  }

  private static Map<String, String> headers(String userAgent, ClientHints hints) {
    var headers = new LinkedHashMap<String, String>();
    put(headers, UserAgent.USERAGENT_HEADER, userAgent);
    put(headers, "Sec-CH-UA", hints.brands());
    put(headers, "Sec-CH-UA-Full-Version-List", hints.fullVersions());
    put(headers, "Sec-CH-UA-Mobile", hints.mobile());
    put(headers, "Sec-CH-UA-Platform", hints.platform());
    put(headers, "Sec-CH-UA-Platform-Version", hints.platformVersion());
    put(headers, "Sec-CH-UA-Model", hints.model());
    return headers;
  }

  private static void put(Map<String, String> headers, String name, String value) {
    if (!value.isEmpty()) {
      headers.put(name, value);
    }
  }

  private static boolean isBot(String device, String agent) {
    if (device.startsWith("Robot") || device.equals("Hacker") || device.equals("Cloud")) {
      return true;
    }
    return switch (agent) {
      case "Robot", "Robot Mobile", "Hacker", "Testclient", "Cloud Application", "Server" -> true;
      case "Special" -> device.equals("Desktop") || deviceClass(device).isEmpty();
      default -> false;
    };
  }

  private static String deviceClass(String device) {
    return switch (device) {
      case "Desktop" -> "Desktop";
      case "Phone", "Mobile" -> "Phone";
      case "Tablet", "eReader" -> "Tablet";
      case "TV", "Set-top box" -> "TV";
      case "Game Console", "Handheld Game Console" -> "Game console";
      case "Watch" -> "Watch";
      case "Car",
          "Home Appliance",
          "Smart Display",
          "Voice",
          "Virtual Reality",
          "Augmented Reality" ->
          "Other";
      default -> "";
    };
  }

  /** yauaa's names of systems, but for those that people know by another. */
  private static String system(String name) {
    return switch (name) {
      case "Windows NT" -> "Windows";
      case "Mac OS", "Mac OS X" -> "macOS";
      default -> known(name);
    };
  }

  /** yauaa has several words for not knowing. */
  private static String known(String value) {
    return value.equals(UserAgent.UNKNOWN_VALUE) || value.equals("??") ? "" : value;
  }
}
