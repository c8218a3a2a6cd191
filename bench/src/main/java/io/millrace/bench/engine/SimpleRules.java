package io.millrace.bench.engine;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;

/**
 * An enrichment that can be said in Java and in SQL alike, so that what is compared is the engines:
 * five fields by looking for a text in a text. {@code FlinkJob} has the same rules.
 */
final class SimpleRules {
  /** Of a click about which nobody asks. */
  static final Enrichment NOTHING =
      new Enrichment("", "", "", "", "", "", "", "", "", "", "", "", "", "");

  private static final int AFTER_SCHEME = "https://".length();

  private SimpleRules() {}

  static Enrichment enrich(ClickEvent event) {
    return new Enrichment(
        host(event.url()),
        path(event.url()),
        country(event.language()),
        device(event.agent()),
        browser(event.agent()),
        "",
        host(event.referrer()),
        "",
        "",
        "",
        "",
        "",
        "",
        "");
  }

  static String path(String url) {
    int begin = url.indexOf('/', AFTER_SCHEME);
    return begin < 0 ? "/" : url.substring(begin);
  }

  static String host(String url) {
    if (url.isEmpty()) {
      return "";
    }
    int end = url.indexOf('/', AFTER_SCHEME);
    return end < 0 ? url.substring(AFTER_SCHEME) : url.substring(AFTER_SCHEME, end);
  }

  /** Of a language such as {@code en-GB}. */
  static String country(String language) {
    return language.substring(3);
  }

  static String device(String agent) {
    return agent.contains("Mobile") ? "Phone" : "Desktop";
  }

  static String browser(String agent) {
    if (agent.contains("Edg/")) {
      return "Edge";
    }
    if (agent.contains("Firefox/")) {
      return "Firefox";
    }
    return agent.contains("Chrome/") ? "Chrome" : "Safari";
  }
}
