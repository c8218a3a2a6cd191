package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.millrace.model.SiteId;
import io.millrace.model.control.Permission;
import io.millrace.query.SampleSite;
import io.millrace.server.instance.InstanceConfig;
import io.millrace.server.sender.Delivery;
import io.millrace.server.sender.EventSender;
import io.millrace.server.sender.OutgoingEvent;
import io.millrace.testing.harness.BelievableTraffic;
import io.millrace.testing.harness.BrowserWindow;
import io.millrace.testing.harness.RunningInstance;
import io.millrace.testing.harness.TestBrowser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees: the sample page, its tracker and the dashboard in a real browser. */
@TestInstance(PER_CLASS)
@Timeout(400)
class BrowserIT {
  private static final String SAMPLE_KEY = "sample-key";
  private static final String SERVER_KEY = "server-key";
  private static final String CLICKS = "/?site=demo&range=30m";

  /** Of a site with a day of traffic. */
  private static final String SHOP = "/?site=" + RunningInstance.SITE + "&range=";

  private static final int WIDE = 1360;
  private static final int NARROW = 360;
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private RunningInstance millrace;
  private TestBrowser browser;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    browser = TestBrowser.startOrSkip();
    millrace =
        RunningInstance.start(
            InstanceConfig.local(folder, 0)
                .withSample(new SampleSite(SAMPLE_KEY, "/millrace.js", "/v1/events")));
    var demo = new SiteId("demo");
    millrace.local().admit(demo, "Demo site", SAMPLE_KEY, Set.of());
    millrace.local().admit(demo, "Demo site", SERVER_KEY, EnumSet.of(Permission.ON_BEHALF));
    sendADay();
  }

  private void sendADay() throws InterruptedException {
    List<OutgoingEvent> day = BelievableTraffic.ofADay(Instant.now(), 1_100, 7);
    try (EventSender sender = millrace.sender()) {
      Delivery delivery = sender.send(day);
      assertThat(delivery.accepted()).as(delivery.toString()).isEqualTo(day.size());
    }
    millrace.awaitAccounted(day.size());
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
    if (millrace != null) {
      millrace.close();
    }
  }

  @Test
  void showsAClickOnTheSamplePageOnTheOpenDashboard() {
    try (BrowserWindow dashboard = open(WIDE).go(CLICKS);
        BrowserWindow sample = open(WIDE)) {
      // Given
      dashboard.awaitTrue("document.getElementById('connection').dataset.state === 'live'");
      dashboard.evaluate("window.neverReloaded = true");

      // When
      sample.go("/sample");
      sample.page().click("nav a[href='/sample/journal']");
      sample.page().click("a[href='/sample/journal/rye-season']");

      // Then
      dashboard.awaitTrue(textIn("#feed", "/sample/journal/rye-season"));
      dashboard.awaitTrue(textIn("#pages", "/sample/journal/rye-season"));
      assertThat(dashboard.evaluate("window.neverReloaded")).isEqualTo(true);
      dashboard.assertNothingToComplainOf();
      sample.assertNothingToComplainOf();
    }
  }

  @Test
  void showsHostileTextsAsTexts() {
    String attack = "\"><img src=x onerror=window.hacked=1><script>window.hacked=1</script>";
    try (BrowserWindow dashboard = open(WIDE).go(CLICKS)) {
      dashboard.awaitTrue("document.getElementById('connection').dataset.state === 'live'");

      // When
      var event =
          new ObjectMapper()
              .createObjectNode()
              .put("id", "hostile-1")
              .put("type", "page")
              .put(
                  "url",
                  "http://shop.example/\"><img/src=x/onerror=window.hacked=1>?utm_campaign="
                      + attack.replace(" ", "/"))
              .put("title", attack)
              .put("referrer", "http://<script>window.hacked=1</script>.example/")
              .put("language", attack);
      var named = event.deepCopy().put("id", "hostile-2").put("type", "track").put("name", attack);
      assertThat(post(event)).isEqualTo(202);
      assertThat(post(named)).isEqualTo(202);

      // Then
      dashboard.awaitTrue(textIn("#feed", "onerror=window.hacked=1><script>"));
      dashboard.awaitTrue(textIn("#pages", "<img/src=x/onerror"));
      assertThat(dashboard.evaluate("window.hacked")).isNull();
      assertThat(dashboard.evaluate("document.querySelectorAll('img[src=x], main script').length"))
          .isEqualTo(0);
      dashboard.assertNothingToComplainOf();
    }
  }

  @Test
  void fitsANarrowScreen() {
    for (String range : List.of("30m", "24h", "all")) {
      try (BrowserWindow dashboard = open(NARROW).go(SHOP + range)) {
        dashboard.awaitTrue(textIn("#books", "alance"));
        dashboard.awaitTrue("document.querySelectorAll('#tiles *').length > 0");

        dashboard.assertAsWideAsTheWindow();
        dashboard.assertNothingToComplainOf();
      }
    }
  }

  @Test
  void callsAWindowWithoutARowFinalWhenTheServerWould() {
    try (BrowserWindow dashboard = open(WIDE).go(SHOP + "24h")) {
      // When
      Object windows =
          dashboard.evaluate(
              """
              import('/assets/panels/windows.js').then(({ windowsOf }) => {
                const hours = { from: new Date('2026-11-01T10:00:00Z'), to: new Date('2026-11-01T13:00:00Z') };
                const rows = [{ time: '2026-11-01T12:00:00Z', final: false }];
                return [windowsOf(rows, 'hour', hours, '2026-11-01T11:00:00Z'), windowsOf(rows, 'hour', hours, null)]
                  .map((found) => found.map(({ isFinal }) => isFinal));
              })
              """);

      // Then
      assertThat(windows)
          .isEqualTo(List.of(List.of(true, false, false), List.of(false, false, false)));
    }
  }

  @Test
  void canBeUsedWithTheKeyboard() {
    try (BrowserWindow dashboard = open(WIDE).go(SHOP + "24h")) {
      dashboard.awaitTrue(textIn("#pages", "/products/rye"));

      // When
      Set<String> reached = new TreeSet<>();
      for (int presses = 0; presses < 60; presses++) {
        dashboard.page().keyboard().press("Tab");
        reached.add(
            String.valueOf(
                dashboard.evaluate(
                    "(({id, className, name, tagName}) => id || className || name || tagName)"
                        + "(document.activeElement)")));
      }

      // Then
      assertThat(reached).contains("skip-link", "site", "theme", "range");
      dashboard.page().locator("#ranges input[value='24h']").focus();
      dashboard.page().keyboard().press("ArrowRight");
      dashboard.awaitTrue("location.search.includes('range=7d')");
    }
  }

  @Test
  void sendsNothingFromABrowserThatAsksNotToBeTracked() {
    for (String wish : List.of("doNotTrack: '1'", "globalPrivacyControl: true")) {
      try (BrowserWindow sample = open(WIDE)) {
        // Given
        String name = wish.substring(0, wish.indexOf(':'));
        sample
            .context()
            .addInitScript(
                "window.wish = {%s}; Object.defineProperty(Navigator.prototype, '%s', {get: () => window.wish.%2$s, configurable: true});"
                    .formatted(wish, name));
        List<String> sent = sentEvents(sample);

        // When
        sample.go("/sample");
        sample.page().click("nav a[href='/sample/products']");
        sample.page().click("button[aria-label='Add to basket: Dark rye']");
        sample.evaluate("window.wish = {}");
        sample.page().click("button[aria-label='Add to basket: Baguette']");
        await().atMost(Duration.ofSeconds(60)).until(() -> isSent(sample, sent));

        // Then
        assertThat(sent).singleElement().asString().contains("baguette").doesNotContain("rye");
      }
    }
  }

  @Test
  void sendsABatchAgainWithTheSameIdsUntilItIsAccepted() {
    try (BrowserWindow sample = open(WIDE)) {
      // Given
      List<List<String>> tries = new ArrayList<>();
      List<String> answers = new ArrayList<>();
      sample
          .page()
          .route(
              "**/v1/events",
              route -> {
                tries.add(idsIn(route.request().postData()));
                answerFirstWith503(route, tries.size());
              });
      sample
          .page()
          .onResponse(
              response -> {
                if (response.url().endsWith("/v1/events")) {
                  answers.add(Integer.toString(response.status()));
                }
              });

      // When
      sample.go("/sample");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> pumped(sample, () -> answers.contains("202")));

      // Then
      assertThat(answers).containsExactly("503", "503", "202");
      assertThat(tries).hasSize(3);
      assertThat(tries.getFirst()).isNotEmpty();
      assertThat(Set.copyOf(tries)).hasSize(1);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(millrace.topics().enrichedClicks())
                      .filteredOn(click -> tries.getFirst().contains(click.click().id()))
                      .hasSameSizeAs(tries.getFirst()));
    }
  }

  @Test
  void looksAsItShould() {
    for (int width : List.of(WIDE, NARROW)) {
      for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        try (BrowserWindow dashboard =
            browser.open(millrace.url(), width, colours).go(SHOP + "24h")) {
          dashboard.awaitTrue(textIn("#pages", "/products/rye"));
          dashboard.awaitTrue(textIn("#books", "alance"));
          dashboard.awaitTrue("document.querySelector('#series canvas') !== null");
          dashboard.awaitTrue("document.getElementById('connection').dataset.state === 'live'");
          sendSomethingNow(width + "-" + colours);
          dashboard.awaitTrue("document.querySelectorAll('#feed li').length > 5");
          dashboard
              .page()
              .screenshot(
                  new Page.ScreenshotOptions().setFullPage(true).setPath(picture(width, colours)));
          dashboard.assertNothingToComplainOf();
        }
      }
    }
    assertThat(SCREENSHOTS).isDirectoryContaining("glob:**.png");
  }

  private void sendSomethingNow(String visits) {
    try (EventSender sender = millrace.sender()) {
      sender.send(BelievableTraffic.now(visits, 6));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while sending", stopped);
    }
  }

  private static Path picture(int width, ColorScheme colours) {
    return SCREENSHOTS.resolve(
        "dashboard-%d-%s.png".formatted(width, colours.name().toLowerCase(Locale.ROOT)));
  }

  private BrowserWindow open(int width) {
    return browser.open(millrace.url(), width, ColorScheme.LIGHT);
  }

  private int post(JsonNode event) {
    return millrace.http().postEvents(SERVER_KEY, event.toString()).status();
  }

  private static String textIn(String selector, String text) {
    return "document.querySelector('%s').textContent.includes('%s')".formatted(selector, text);
  }

  private static List<String> sentEvents(BrowserWindow window) {
    List<String> sent = new ArrayList<>();
    window
        .page()
        .onRequest(
            request -> {
              if (request.url().endsWith("/v1/events")) {
                sent.add(request.postData());
              }
            });
    return sent;
  }

  private static boolean isSent(BrowserWindow window, List<String> sent) {
    return pumped(window, () -> !sent.isEmpty());
  }

  /** Playwright tells of events only while it is asked for something. */
  private static boolean pumped(BrowserWindow window, BooleanSupplier condition) {
    window.evaluate("1");
    return condition.getAsBoolean();
  }

  private static void answerFirstWith503(Route route, int tries) {
    if (tries > 2) {
      route.resume();
    } else {
      route.fulfill(
          new Route.FulfillOptions()
              .setStatus(503)
              .setHeaders(Map.of("Retry-After", "1"))
              .setBody("{}"));
    }
  }

  private static List<String> idsIn(String body) {
    try {
      List<String> ids = new ArrayList<>();
      new ObjectMapper().readTree(body).forEach(event -> ids.add(event.path("id").asText()));
      return ids;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
