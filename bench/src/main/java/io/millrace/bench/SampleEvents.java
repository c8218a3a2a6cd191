package io.millrace.bench;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Events as a browser would send them. Each number gives another event, with an id of its own. */
final class SampleEvents {
  /** Of a person, or the event would not be counted. */
  static final String USER_AGENT =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/141.0.0.0 Safari/537.36";

  /** Spreads the events over the partitions, as many visitors do. */
  private static final int VISITORS = 10_000;

  private static final int PAGES = 200;

  /** Keeps ids of several runs on one demo apart. */
  private final String run;

  private final int visitors;

  SampleEvents(String run) {
    this(run, VISITORS);
  }

  SampleEvents(String run, int visitors) {
    this.run = run;
    this.visitors = visitors;
  }

  /** One page view of about 500 bytes. */
  byte[] single(long number) {
    return json(number).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Several of them, one a line. */
  byte[] lines(long firstNumber, int events) {
    return LongStream.range(firstNumber, firstNumber + events)
        .mapToObj(this::json)
        .collect(Collectors.joining("\n"))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private String json(long number) {
    return "{\"id\":\""
        + run
        + '-'
        + number
        + "\",\"type\":\"page\",\"url\":\"https://demo.example/articles/"
        + number % PAGES
        + "?utm_source=newsletter&utm_medium=email&utm_campaign=spring\",\"referrer\":"
        + "\"https://www.google.com/search?q=rivers\",\"title\":\"A walk along a river in spring\","
        + "\"anonymous_id\":\"visitor-"
        + number % visitors
        + "\",\"language\":\"en-GB\",\"screen\":\"1920x1080\",\"properties\":{\"section\":"
        + "\"articles\",\"author\":\"an author with a long name\",\"words\":1200,\"signed_in\":false,"
        + "\"experiment\":\"headline-b\",\"theme\":\"dark\"}}";
  }

  /**
   * A page view of a campaign that nobody else comes from.
   *
   * @param number of the visitor, who looks at nothing else
   */
  static String marked(String campaign, int number) {
    return "{\"type\":\"page\",\"url\":\"https://demo.example/probe?utm_source=bench&utm_medium=probe"
        + "&utm_campaign="
        + campaign
        + "\",\"title\":\"A marked page\",\"anonymous_id\":\"prober-"
        + number
        + "\"}";
  }
}
