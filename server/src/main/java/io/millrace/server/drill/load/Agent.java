package io.millrace.server.drill.load;

import java.util.Arrays;
import java.util.Optional;

/** The agents that events come from, and what the enrichment must find out about each. */
enum Agent {
  EDGE(
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/119.0.0.0 Safari/537.36 Edg/119.0.0.0",
      "Desktop",
      "Edge",
      "Windows"),
  FIREFOX(
      "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0",
      "Desktop",
      "Firefox",
      "Linux"),
  IPHONE(
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
          + " Gecko) Version/17.0 Mobile/15E148 Safari/604.1",
      "Phone",
      "Safari",
      "iOS"),
  ANDROID(
      "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/119.0.0.0 Mobile Safari/537.36",
      "Phone",
      "Chrome",
      "Android"),
  ROBOT("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "", "", "");

  private final String text;
  private final String device;
  private final String browser;
  private final String system;

  Agent(String text, String device, String browser, String system) {
    this.text = text;
    this.device = device;
    this.browser = browser;
    this.system = system;
  }

  static Agent of(String text) {
    return Arrays.stream(values())
        .filter(agent -> agent.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("agent: no drill sends '" + text + "'"));
  }

  String text() {
    return text;
  }

  String device() {
    return device;
  }

  String browser() {
    return browser;
  }

  String system() {
    return system;
  }

  Optional<String> botReason() {
    return this == ROBOT ? Optional.of("agent analysis") : Optional.empty();
  }
}
