package io.millrace.testing.harness;

import io.millrace.server.sender.EventJson;
import io.millrace.server.sender.OutgoingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A day of a small shop, for pictures: visits of some pages each, more by day than by night, from
 * several countries, browsers and sources. The same seed gives the same day.
 */
public final class BelievableTraffic {
  private static final String ORIGIN = "https://shop.example";
  private static final List<String> PATHS =
      List.of(
          "/",
          "/products",
          "/products/rye",
          "/journal",
          "/products/spelt",
          "/basket",
          "/about",
          "/products/walnut",
          "/journal/rye-season",
          "/contact",
          "/journal/water-wheel",
          "/terms");
  private static final List<String> REFERRERS =
      List.of(
          "https://www.google.com/",
          "",
          "",
          "https://www.bing.com/",
          "https://www.facebook.com/",
          "https://news.ycombinator.com/",
          "https://bakers.example/links",
          "https://duckduckgo.com/");
  private static final List<String> CAMPAIGNS =
      List.of(
          "?utm_source=newsletter&utm_medium=email&utm_campaign=autumn-loaves",
          "?utm_source=instagram&utm_medium=social&utm_campaign=rye-week");
  private static final List<String> NETWORKS =
      List.of(
          "73.1.2.0",
          "79.193.4.0",
          "86.129.8.0",
          "117.193.1.0",
          "88.161.3.0",
          "24.3.9.0",
          "179.129.7.0",
          "77.161.5.0",
          "60.33.2.0",
          "99.225.6.0",
          "58.161.4.0",
          "83.33.1.0",
          "79.1.12.0",
          "41.113.3.0",
          "181.25.5.0");
  private static final List<String> AGENTS =
      List.of(
          TestEvent.AGENT,
          "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
              + " Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
          "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko)"
              + " Chrome/140.0.0.0 Mobile Safari/537.36",
          "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
              + " Version/18.5 Safari/605.1.15",
          "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
          "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
              + " Version/18.5 Mobile/15E148 Safari/604.1");
  private static final String ROBOT =
      "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

  private final String name;
  private final Random random;
  private final List<OutgoingEvent> events = new ArrayList<>();

  private BelievableTraffic(String name, long seed) {
    this.name = name;
    random = new Random(seed);
  }

  /**
   * The events of a day.
   *
   * @param end of the day; its last half hour is left empty
   */
  public static List<OutgoingEvent> ofADay(Instant end, int visits, long seed) {
    var traffic = new BelievableTraffic("day", seed);
    for (int visit = 0; visit < visits; visit++) {
      traffic.addVisit(visit, end.minus(Duration.ofMinutes(traffic.minutesBefore())));
    }
    return traffic.events;
  }

  /**
   * Visits of the latest three minutes.
   *
   * @param name of these visits; the same visits again are duplicates
   */
  public static List<OutgoingEvent> now(String name, int visits) {
    var traffic = new BelievableTraffic(name, name.hashCode());
    for (int visit = 0; visit < visits; visit++) {
      traffic.addVisit(visit, Instant.now().minus(Duration.ofMinutes(3)));
    }
    return traffic.events;
  }

  private void addVisit(int visit, Instant begin) {
    Instant time = begin;
    boolean isRobot = random.nextInt(25) == 0;
    String agent = isRobot ? ROBOT : oftenFirst(AGENTS);
    String network = oftenFirst(NETWORKS);
    String referrer = REFERRERS.get(random.nextInt(REFERRERS.size()));
    String query = random.nextInt(8) == 0 ? CAMPAIGNS.get(random.nextInt(CAMPAIGNS.size())) : "";
    int pages = 1 + random.nextInt(6);
    for (int page = 0; page < pages; page++) {
      String url = ORIGIN + oftenFirst(PATHS) + query;
      String id = name + '-' + visit + '-' + page;
      OutgoingEvent event =
          EventJson.event(id, "page")
              .text("url", url)
              .text("referrer", referrer)
              .text("title", "Millstone Bakery")
              .text("anonymous_id", "visitor-" + random.nextInt(1 + visit))
              .text("ip", network)
              .text("user_agent", agent)
              .number("timestamp", time.toEpochMilli())
              .end();
      events.add(event);
      if (random.nextInt(60) == 0) {
        events.add(event);
      }
      referrer = url;
      query = "";
      time = time.plusSeconds(5 + random.nextInt(25));
    }
  }

  /** Between 24 hours and 45 minutes, more often in the later part of the day. */
  private long minutesBefore() {
    double wave = Math.abs(random.nextGaussian(0, 0.45));
    return 45 + (long) (Math.min(wave, 1) * (24 * 60 - 90));
  }

  private <T> T oftenFirst(List<T> choices) {
    double skewed = Math.pow(random.nextDouble(), 2.2);
    return choices.get((int) (skewed * choices.size()));
  }
}
