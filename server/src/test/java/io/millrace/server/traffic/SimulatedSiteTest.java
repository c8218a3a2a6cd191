package io.millrace.server.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimulatedSiteTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant BEGUN = Instant.parse("2026-11-01T12:00:00Z");
  private static final double RATE = 100;
  private static final int EVENTS = 60_000;

  private static List<Seen> clean = List.of();
  private static List<Seen> mixed = List.of();

  /** A simulated event as a collector would see it. */
  private record Seen(TrafficKind kind, JsonNode json) {}

  @BeforeAll
  static void simulate() {
    clean = events(TrafficMix.CLEAN, 1, EVENTS);
    mixed = events(TrafficMix.DEFAULT, 2, EVENTS);
  }

  @AfterAll
  static void forget() {
    clean = List.of();
    mixed = List.of();
  }

  @Test
  void keepsToTheSharesOfItsMix() {
    Map<TrafficKind, Long> counts =
        mixed.stream().collect(Collectors.groupingBy(Seen::kind, Collectors.counting()));

    assertThat(share(counts, TrafficKind.BOT)).isCloseTo(0.03, within(0.004));
    assertThat(share(counts, TrafficKind.DUPLICATE)).isCloseTo(0.01, within(0.002));
    assertThat(share(counts, TrafficKind.LATE)).isCloseTo(0.005, within(0.0015));
    assertThat(share(counts, TrafficKind.MALFORMED)).isCloseTo(0.005, within(0.0015));
  }

  @Test
  void givesTheSameEventsForTheSameSeedAndTimes() {
    assertThat(events(TrafficMix.DEFAULT, 7, 500)).isEqualTo(events(TrafficMix.DEFAULT, 7, 500));
    assertThat(events(TrafficMix.DEFAULT, 7, 500)).isNotEqualTo(events(TrafficMix.DEFAULT, 8, 500));
  }

  @Test
  void sendsAsDuplicatesExactlyWhatWasSentBefore() {
    var sent = new HashSet<JsonNode>();
    var ids = new HashSet<String>();
    for (Seen each : mixed) {
      assertThat(sent.contains(each.json())).isEqualTo(each.kind() == TrafficKind.DUPLICATE);
      assertThat(ids.add(each.json().path("id").asText()))
          .isEqualTo(each.kind() != TrafficKind.DUPLICATE);
      sent.add(each.json());
    }
  }

  @Test
  void datesLateEventsFourDaysBackByAClockThatIsRight() {
    assertThat(of(TrafficKind.LATE))
        .allSatisfy(
            json ->
                assertThat(json.path("sent_at").asLong() - json.path("timestamp").asLong())
                    .isEqualTo(Duration.ofDays(4).toMillis()));
  }

  @Test
  void makesMalformedEventsWrongInThreeWays() {
    List<JsonNode> malformed = of(TrafficKind.MALFORMED);

    assertThat(malformed)
        .allMatch(
            json ->
                json.path("url").asText().equals("not a url")
                    || json.path("timestamp").isTextual()
                    || (json.path("type").asText().equals("track") && !json.has("name")))
        .anyMatch(json -> json.path("url").asText().equals("not a url"))
        .anyMatch(json -> json.path("timestamp").isTextual())
        .anyMatch(json -> !json.has("name") && json.path("type").asText().equals("track"));
  }

  @Test
  void hasSessionsOfTheLengthThatItsArrivalsAreReckonedWith() {
    List<Seen> events = clean;
    long arrivals =
        events.stream()
            .filter(seen -> !seen.json().path("referrer").asText().startsWith("https://shop."))
            .filter(seen -> !seen.json().has("name"))
            .count();

    assertThat((double) EVENTS / arrivals)
        .isCloseTo(SimulatedSite.EVENTS_OF_A_SESSION, Percentage.withPercentage(4));
  }

  @Test
  void letsVisitorsFollowLinksFromPageToPage() {
    Map<String, List<String>> pagesSeen = new HashMap<>();
    int followed = 0;
    int fromElsewhere = 0;
    for (Seen seen : clean) {
      JsonNode json = seen.json();
      List<String> pages =
          pagesSeen.computeIfAbsent(
              json.path("anonymous_id").asText(), stranger -> new ArrayList<>());
      String referrer = json.path("referrer").asText();
      if (!json.has("name") && referrer.startsWith("https://shop.") && !pages.isEmpty()) {
        followed += pages.contains(referrer) ? 1 : 0;
        fromElsewhere += pages.contains(referrer) ? 0 : 1;
      }
      pages.add(json.path("url").asText().replaceAll("[?].*", ""));
    }

    assertThat(followed).isGreaterThan(EVENTS / 3);
    assertThat(fromElsewhere).as("of sessions that began unseen").isLessThan(followed / 200);
  }

  @Test
  void looksAtPagesByZipfsLaw() {
    List<Long> views = byCount(clean, SimulatedSiteTest::magazinePath);

    assertThat(views).hasSizeBetween(55, 60);
    assertThat((double) views.get(0) / views.get(9)).isCloseTo(10, within(3.5));
    assertThat((double) views.get(0) / views.get(1)).isCloseTo(2, within(0.5));
  }

  @Test
  void hasAboutTwoHundredPagesWithTitles() {
    List<SitePage> pages = new SitePages().all();

    assertThat(pages).hasSizeBetween(180, 220);
    assertThat(pages).extracting(SitePage::path).doesNotHaveDuplicates();
    assertThat(pages).allSatisfy(page -> assertThat(page.title()).isNotBlank());
  }

  @Test
  void hasPeopleOfManyDevicesCountriesAndSources() {
    List<Seen> events = clean;

    assertThat(byCount(events, json -> json.path("user_agent").asText())).hasSize(20);
    assertThat(byCount(events, json -> json.path("language").asText())).hasSize(20);
    assertThat(byCount(events, json -> json.path("name").asText())).hasSize(3);
    assertThat(events)
        .anyMatch(seen -> seen.json().path("url").asText().contains("utm_source=newsletter"));
  }

  @Test
  void beginsWithVisitorsInTheMiddleOfTheirSessions() {
    assertThat(clean.subList(0, 100))
        .anyMatch(seen -> seen.json().path("referrer").asText().startsWith("https://shop."));
  }

  private static List<JsonNode> of(TrafficKind kind) {
    return mixed.stream().filter(seen -> seen.kind() == kind).map(Seen::json).toList();
  }

  private static List<Seen> events(TrafficMix mix, long seed, int count) {
    var site =
        new SimulatedSite(new SimulatedSiteConfig("https://shop.example", RATE, mix, BEGUN, seed));
    var events = new ArrayList<Seen>();
    for (int index = 0; index < count; index++) {
      SiteEvent event = site.next(BEGUN.plusMillis(10L * index));
      events.add(new Seen(event.kind(), json(event)));
    }
    return events;
  }

  private static JsonNode json(SiteEvent event) {
    try {
      return JSON.readTree(event.event().json());
    } catch (IOException notJson) {
      throw new AssertionError(notJson);
    }
  }

  private static String magazinePath(JsonNode json) {
    String url = json.path("url").asText();
    return url.contains("/magazine/") && !json.has("name") ? url.replaceAll("[?].*", "") : "";
  }

  /** How often each value occurs, the most frequent first. */
  private static List<Long> byCount(List<Seen> events, Function<JsonNode, String> value) {
    return events.stream()
        .map(seen -> value.apply(seen.json()))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
        .values()
        .stream()
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private static double share(Map<TrafficKind, Long> counts, TrafficKind kind) {
    return (double) counts.getOrDefault(kind, 0L) / EVENTS;
  }
}
