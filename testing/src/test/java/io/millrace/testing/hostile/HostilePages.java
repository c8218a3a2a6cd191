package io.millrace.testing.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.options.ColorScheme;
import io.millrace.testing.harness.BrowserWindow;
import io.millrace.testing.harness.TestBrowser;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The pages of the dashboard in a real browser, while texts come that would be markup. */
final class HostilePages {
  /** Sites, paths, names of events, sources and campaigns, where the dashboard shows them. */
  private static final List<String> PLACES_OF_THE_DASHBOARD =
      List.of(
          "#site option",
          "#feed .type-page + .label",
          "#feed .type-other + .label",
          "#pages .label",
          "#referrers .label",
          "#campaigns .label",
          "#campaigns .detail");

  private static final List<String> COLUMNS_OF_OTHERS =
      List.of(
          "url",
          "path",
          "name",
          "referrer_host",
          "utm_source",
          "utm_medium",
          "utm_campaign",
          "properties");
  private static final String COLUMNS_WITH_PAYLOADS =
      """
      (([table]) => [...table.tHead.rows[0].cells]
        .filter((_, index) => [...table.tBodies[0].rows].some((row) => row.cells[index].textContent.includes('hacked')))
        .map((cell) => cell.firstChild.textContent))(document.querySelectorAll('#rows table'))""";

  /** What would run only when somebody points at it, opens it or gives it the focus. */
  private static final String TOUCH_EVERYTHING =
      """
      document.querySelectorAll('*').forEach((each) =>
        ['click', 'focus', 'mouseover', 'toggle', 'load', 'error'].forEach((name) => each[`on${name}`]?.(new Event(name))))""";

  private final RunningProgram program;
  private final HostileSender sender;

  HostilePages(RunningProgram program, HostileSender sender) {
    this.program = program;
    this.sender = sender;
  }

  /**
   * Shows all of it, and requires that it is text everywhere.
   *
   * @param accepted how many events are in the log
   * @return how many are then
   */
  long requireThatNothingRuns(long accepted) throws Exception {
    long then = accepted;
    try (TestBrowser browser = TestBrowser.startOrSkip()) {
      requirePayloadsThatRun(browser);
      try (BrowserWindow dashboard =
              browser
                  .open(program.url(), 1_360, ColorScheme.LIGHT)
                  .go("/?site=" + HostileSender.SITE.value() + "&range=30m");
          BrowserWindow console = browser.open(program.url(), 1_360, ColorScheme.LIGHT)) {
        dashboard.awaitTrue("document.getElementById('connection')?.dataset.state === 'live'");
        console.go("/sql");
        ask(
            console,
            "SELECT " + String.join(", ", COLUMNS_OF_OTHERS) + " FROM clicks EMIT CHANGES");
        console.awaitTrue("document.querySelector('#rows table') !== null");
        then = sendPayloads(accepted);

        for (String place : PLACES_OF_THE_DASHBOARD) {
          dashboard.awaitTrue(
              "[...document.querySelectorAll('%s')].some((each) => each.textContent.includes('hacked'))"
                  .formatted(place));
        }
        // The title and the whole address, when one points at an event.
        dashboard.awaitTrue("document.querySelector('#feed [title^=\"<img src=x\"]') !== null");
        for (String column : COLUMNS_OF_OTHERS) {
          console.awaitTrue(COLUMNS_WITH_PAYLOADS + ".includes('" + column + "')");
        }
        console.page().click("#stop");
        console.awaitTrue("!document.querySelector('#run').disabled");
        ask(
            console,
            "SELECT path AS \""
                + MarkupPayloads.all().get(1).replace("\"", "\"\"")
                + "\", page_views FROM pages");
        console.awaitTrue("document.querySelector('#rows thead')?.textContent.includes('hacked')");
        ask(console, "SELECT '" + MarkupPayloads.all().get(1) + "' FROM nowhere");
        console.awaitTrue("document.querySelector('#problem')?.textContent.includes('hacked')");
        console.awaitTrue("document.querySelector('#history')?.textContent.includes('hacked')");
        for (BrowserWindow window : List.of(dashboard, console)) {
          assertThat(window.evaluate("window.hacked")).isNull();
          window.evaluate(TOUCH_EVERYTHING);
          assertThat(window.evaluate("window.hacked")).isNull();
        }
        dashboard.assertNothingToComplainOf();
        requireAPolicyThatHolds(dashboard);
      }
    }
    return then;
  }

  /** The texts are ones that do run where nothing is done against them. */
  private void requirePayloadsThatRun(TestBrowser browser) {
    try (BrowserWindow window = browser.open(program.url(), 400, ColorScheme.LIGHT)) {
      window.page().setContent("<p>" + String.join(" ", MarkupPayloads.all()) + "</p>");
      window.awaitTrue("window.hacked !== undefined");
    }
  }

  /** What should become markup after all would not run, and would be told of. */
  private static void requireAPolicyThatHolds(BrowserWindow window) {
    window.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=data:, onerror=window.hacked=99>')");
    window.awaitTrue("document.querySelector('img[onerror]') !== null");
    await()
        .atMost(RunningProgram.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(
                            window::assertNothingToComplainOf))
                    .hasMessageContaining("script-src"));
    assertThat(window.evaluate("window.hacked")).isNull();
  }

  private long sendPayloads(long accepted) {
    var payloads = MarkupPayloads.all();
    for (int i = 0; i < payloads.size(); i++) {
      String payload = payloads.get(i);
      String encoded = URLEncoder.encode(payload, StandardCharsets.UTF_8);
      ObjectNode page =
          HostileSender.event("markup-" + i, "/" + payload.replaceAll("[\\s\\p{Cf}]", "/"));
      page.put(
          "url",
          page.path("url").asText()
              + "?utm_source="
              + encoded
              + "&utm_campaign="
              + encoded
              + "&utm_medium="
              + encoded);
      page.put("title", payload);
      page.put("referrer", "https://" + payload.replaceAll("[^a-z]", "") + ".example/" + payload);
      page.put("language", payload.substring(0, Math.min(90, payload.length())));
      page.put("user_id", payload);
      page.putObject("properties").put(payload, payload);
      assertThat(sender.send(page).status()).isEqualTo(202);
      ObjectNode track = HostileSender.event("markup-track-" + i, "/track");
      track.put("type", "track").put("name", payload);
      assertThat(sender.send(track).status()).isEqualTo(202);
    }
    return program.awaitAccounted(accepted + 2L * payloads.size()).accepted();
  }

  private static void ask(BrowserWindow window, String sql) {
    window.page().fill("#sql", sql);
    window.page().locator("#sql").press("Control+Enter");
  }
}
