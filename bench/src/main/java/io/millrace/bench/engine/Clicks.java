package io.millrace.bench.engine;

import io.millrace.model.ClickEvent;
import io.millrace.model.EventType;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Clicks of two sites, always the same: 50,000 visitors look at 1,000 pages each site, some pages
 * much more often than others, a thousand times in a second of their own time. Every one of them
 * counts: none is a bot's, late or sent twice.
 *
 * @param events how many
 * @param skew share of the clicks that go to one page of all
 * @param start when the first happened, in milliseconds since 1970
 */
public record Clicks(int events, double skew, long start) {
  private static final int PAGES = 1_000;
  private static final List<String> SITES = List.of("shop.example", "magazine.example");

  private static final List<String> REFERRERS =
      List.of(
          "",
          "",
          "https://www.google.com/search?q=rivers",
          "https://www.bing.com/search?q=tents",
          "https://news.ycombinator.com/item?id=1",
          "https://www.facebook.com/",
          "https://t.co/walk",
          "https://friends.example/links/outdoor");

  private static final String MOZILLA = "Mozilla/5.0 ";
  private static final String WEBKIT = " AppleWebKit/537.36 (KHTML, like Gecko) ";
  private static final String APPLE = " AppleWebKit/605.1.15 (KHTML, like Gecko) ";
  private static final List<String> AGENTS =
      List.of(
          MOZILLA
              + "(Windows NT 10.0; Win64; x64)"
              + WEBKIT
              + "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
          MOZILLA + "(Windows NT 10.0; Win64; x64)" + WEBKIT + "Chrome/142.0.0.0 Safari/537.36",
          MOZILLA + "(Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
          MOZILLA + "(Macintosh; Intel Mac OS X 10_15_7)" + APPLE + "Version/26.1 Safari/605.1.15",
          MOZILLA
              + "(iPhone; CPU iPhone OS 18_7 like Mac OS X)"
              + APPLE
              + "Version/26.1 Mobile/15E148 Safari/604.1",
          MOZILLA + "(Linux; Android 10; K)" + WEBKIT + "Chrome/142.0.0.0 Mobile Safari/537.36");

  /** A language, and the begin of a network where it is spoken. */
  private static final List<Origin> ORIGINS =
      List.of(
          new Origin("en-US", "73.12."),
          new Origin("de-DE", "79.200."),
          new Origin("en-GB", "86.130."),
          new Origin("fr-FR", "88.165."),
          new Origin("en-IN", "117.200."),
          new Origin("pt-BR", "179.130."),
          new Origin("ja-JP", "60.33."),
          new Origin("en-AU", "58.161."));

  private static final List<Visitor> VISITORS =
      IntStream.range(0, 50_000).mapToObj(Visitor::numbered).toList();

  private record Origin(String language, String network) {}

  private record Visitor(VisitorId id, SiteId site, String agent, Origin origin, String address) {
    static Visitor numbered(int number) {
      var random = new SplittableRandom(number);
      byte[] salt = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
      Origin origin = any(ORIGINS, random);
      return new Visitor(
          VisitorId.hashOf(salt),
          new SiteId(any(SITES, random)),
          any(AGENTS, random),
          origin,
          origin.network() + random.nextInt(256) + ".0");
    }
  }

  /** The clicks one after the other. */
  public void forEach(Consumer<ClickEvent> receiver) {
    var random = new SplittableRandom(1);
    for (int number = 0; number < events; number++) {
      receiver.accept(click(number, random));
    }
  }

  /** How many there are of each page, by its URL: what every program has to find out. */
  public Map<String, Long> urlCounts() {
    var counts = new HashMap<String, Long>();
    forEach(click -> counts.merge(click.url(), 1L, Long::sum));
    return counts;
  }

  private ClickEvent click(int number, SplittableRandom random) {
    Visitor visitor = any(VISITORS, random);
    int page = page(random);
    SiteId site = page == 0 ? new SiteId(SITES.getFirst()) : visitor.site();
    long time = start + number;
    return new ClickEvent(
        "click-" + number,
        site,
        visitor.id(),
        EventType.PAGE,
        "",
        "https://" + site.value() + "/section-" + page % 20 + "/page-" + page,
        any(REFERRERS, random),
        "A walk along a river in spring, part " + page,
        "",
        "",
        time,
        time,
        time,
        time,
        visitor.address(),
        visitor.agent(),
        visitor.origin().language(),
        "1920x1080",
        "",
        false);
  }

  /** The first pages are looked at much more often than the last. */
  private int page(SplittableRandom random) {
    if (random.nextDouble() < skew) {
      return 0;
    }
    double share = random.nextDouble();
    return (int) (PAGES * share * share * share);
  }

  private static <T> T any(List<T> all, SplittableRandom random) {
    return all.get(random.nextInt(all.size()));
  }
}
