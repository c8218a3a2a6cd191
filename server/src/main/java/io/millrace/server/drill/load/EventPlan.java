package io.millrace.server.drill.load;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The events of a drill: of two sites, some forty pages and two hundred visitors, one of whom is as
 * busy as all others and one in five of whom gives no id; most happen now, some some minutes ago, a
 * few too long ago to count, and a few are a bot's. The same seed gives the same events. For one
 * thread.
 */
public final class EventPlan {
  private static final List<Agent> PEOPLE =
      List.of(Agent.EDGE, Agent.FIREFOX, Agent.IPHONE, Agent.ANDROID);

  private static final int PAGES = 20;
  private static final int VISITORS = 100;

  /** One in so many visitors has no id. */
  private static final int WITHOUT_ID = 5;

  /** Less than eight sessions with half an hour between each. */
  private static final int SPREAD_MILLIS = (int) Duration.ofHours(2).toMillis();

  private static final long TOO_LONG_AGO = Duration.ofHours(73).toMillis();

  private final String run;
  private final List<String> sites;
  private final Random random;
  private final InstantSource clock;
  private final Map<String, FreeTimes> times = new HashMap<>();
  private long next;

  /**
   * A plan from its beginning.
   *
   * @param run a name that no other run has: ids and sites begin with it
   */
  public EventPlan(String run, long seed, InstantSource clock) {
    this.run = run;
    this.random = new Random(seed);
    this.clock = clock;
    sites = List.of(run + "-shop", run + "-blog");
  }

  /** The sites that events are of. */
  public List<String> sites() {
    return sites;
  }

  /** The host of a site's pages. */
  public static String hostOf(String site) {
    return site + ".example";
  }

  /** No two of one visitor have the same time, since a hash of their ids would order them then. */
  PlannedEvent next() {
    PlannedEvent event = drawn();
    FreeTimes free =
        times.computeIfAbsent(
            event.site() + '/' + event.visitorOrSender(), visitor -> new FreeTimes());
    return event.at(free.take(event.time()));
  }

  private PlannedEvent drawn() {
    boolean isHot = random.nextBoolean();
    String site = isHot ? sites.getFirst() : pick(sites);
    Origin origin = random.nextInt(4) == 0 ? pick(List.of(Origin.values())) : Origin.DIRECT;
    String query = origin.query().isEmpty() ? "" : '?' + origin.query();
    return new PlannedEvent(
        run + '-' + next++,
        site,
        visitor(isHot ? 0 : random.nextInt(VISITORS)),
        "http://" + hostOf(site) + "/page-" + (isHot ? 0 : random.nextInt(PAGES)) + query,
        random.nextInt(5) > 0,
        time(),
        random.nextInt(60) == 0 ? Agent.ROBOT : pick(PEOPLE),
        origin,
        pick(List.of(Place.values())));
  }

  /** Some give no id of their own: whoever receives their events must name them, each the same. */
  private static String visitor(int number) {
    return number % WITHOUT_ID == WITHOUT_ID - 1 ? "" : "visitor-" + number;
  }

  private long time() {
    return switch (random.nextInt(60)) {
      case 0 -> clock.millis() - TOO_LONG_AGO - random.nextInt(SPREAD_MILLIS);
      case 1, 2, 3, 4, 5, 6 -> clock.millis() - random.nextInt(SPREAD_MILLIS);
      default -> clock.millis();
    };
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
