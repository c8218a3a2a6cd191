package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.millrace.testing.harness.BrowserWindow;
import io.millrace.testing.harness.SqlPageServer;
import io.millrace.testing.harness.TestBrowser;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The SQL console in a real browser. */
@TestInstance(PER_CLASS)
@Timeout(300)
class SqlPageIT {
  private static final int WIDE = 1360;
  private static final int NARROW = 360;

  private SqlPageServer server;
  private TestBrowser browser;

  @BeforeAll
  void start() {
    browser = TestBrowser.startOrSkip();
    server = new SqlPageServer();
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void isLinkedFromTheDashboard() {
    try (BrowserWindow window = open(WIDE).go("/")) {
      window.page().click("nav a[href='sql']");
      window.awaitTrue("document.getElementById('sql') !== null");
      assertThat(window.page().url()).endsWith("/sql");
    }
  }

  @Test
  void showsRowsAsTextsAndNumbersAsTheyAreWritten() {
    try (BrowserWindow window = open(WIDE).go("/sql")) {
      ask(window, "SELECT path, events FROM pages");

      window.awaitTrue(textIn("#summary", "3 rows in 4 ms. There are more"));
      assertThat(textsOf(window, "#rows thead th")).isEqualTo("pathVARCHAR|eventsBIGINT");
      assertThat(textsOf(window, "#rows td"))
          .isEqualTo("/<img src=x onerror=window.hacked=1>|9007199254740993||NULL|{}|7.50");
      assertThat(window.evaluate("document.querySelectorAll('#rows td.number').length"))
          .isEqualTo(3);
      assertThat(window.evaluate("window.hacked")).isNull();
      window.assertNothingToComplainOf();
    }
  }

  @Test
  void marksThePlaceOfAnError() {
    try (BrowserWindow window = open(WIDE).go("/sql")) {
      ask(window, "SELECT 1,\n  pth FROM pages");

      window.awaitTrue(textIn("#problem", "Line 2, column 3: there is no column <b>pth</b>"));
      assertThat(window.evaluate("document.querySelector('#problem pre').textContent"))
          .isEqualTo("  pth FROM pages\n  ^");
      assertThat(
              window.evaluate(
                  "(({value, selectionStart, selectionEnd}) => value.slice(selectionStart, selectionEnd))"
                      + "(document.getElementById('sql'))"))
          .isEqualTo("pth");
    }
  }

  @Test
  void tellsWhatAStatementDidAndWhenAnAnswerIsNotWhole() {
    try (BrowserWindow window = open(WIDE).go("/sql")) {
      ask(window, "DROP VIEW mine");
      window.awaitTrue(textIn("#summary", "view mine was dropped"));

      ask(window, "SELECT half");
      window.awaitTrue(textIn("#problem", "rows may be missing"));
      window.assertNothingToComplainOf();
    }
  }

  @Test
  void stopsAStatement() throws InterruptedException {
    try (BrowserWindow window = open(WIDE).go("/sql")) {
      ask(window, "SELECT endless");
      window.page().click("#stop");

      window.awaitTrue(textIn("#summary", "Stopped."));
      assertThat(server.left().await(60, TimeUnit.SECONDS)).as("the connection is closed").isTrue();
      ask(window, "SELECT path");
      window.awaitTrue(textIn("#summary", "3 rows"));
    }
  }

  @Test
  void showsRowsAsTheyChangeUntilItIsStopped() throws InterruptedException {
    try (BrowserWindow window = open(WIDE).go("/sql")) {
      ask(window, "SELECT path, n FROM pages EMIT CHANGES");

      window.awaitTrue(textIn("#summary", "3 rows, 5 changes; more as they come."));
      assertThat(textsOf(window, "#rows td")).isEqualTo("/a|2|/c|1|<b>|1");
      window.page().click("#stop");
      window.awaitTrue(textIn("#summary", "The stream has ended."));
      assertThat(textsOf(window, "#rows td")).isEqualTo("/a|2|/c|1|<b>|1");
      assertThat(server.left().await(60, TimeUnit.SECONDS)).as("the connection is closed").isTrue();
      window.assertNothingToComplainOf();
    }
  }

  @Test
  void tellsWhyAStreamFailedRightAfterItsRows() {
    try (BrowserWindow window = open(WIDE).go("/sql")) {
      ask(window, SqlPageServer.FAILS);
      window.awaitTrue(textIn("#problem", "the cells have moved"));
      // Timers of a page keep their order: a drawing that waited for its turn comes before this.
      window.evaluate("new Promise((done) => setTimeout(done, 250))");

      assertThat(window.page().isVisible("#problem")).as("the problem is still there").isTrue();
      window.assertNothingToComplainOf();
    }
  }

  @Test
  void takesNoMoreRowsThanTheLimitOverSeveralConnections() {
    try (BrowserWindow window = open(WIDE).go("/sql")) {
      ask(window, SqlPageServer.BREAKS_OFF);

      window.awaitTrue(textIn("#summary", "The stream has ended."));
      assertThat(textsOf(window, "#rows td")).isEqualTo("/3|/2|/1");
      assertThat(server.maxRows()).containsExactly("", "1");
      window.assertNothingToComplainOf();
    }
  }

  @Test
  void offersExamplesAndFormerStatements() {
    try (BrowserWindow window = open(WIDE).go("/sql")) {
      // Given
      ask(window, "SELECT 1");
      window.awaitTrue(textIn("#summary", "3 rows"));
      ask(window, "SELECT 2");
      window.awaitTrue(textIn("#history li:first-child", "SELECT 2"));

      // When an example is used
      window.page().click("#examples button[title*='FROM outcomes']");
      window.awaitTrue("document.getElementById('sql').value.includes('FROM outcomes')");

      // Then the keys go back to the former ones, and to the example again
      window.page().keyboard().press("Alt+ArrowUp");
      window.page().keyboard().press("Alt+ArrowUp");
      assertThat(window.evaluate("document.getElementById('sql').value")).isEqualTo("SELECT 1");
      window.page().keyboard().press("Alt+ArrowDown");
      window.page().keyboard().press("Alt+ArrowDown");
      assertThat(window.evaluate("document.getElementById('sql').value"))
          .asString()
          .contains("FROM outcomes");
      assertThat(window.evaluate("localStorage.length + sessionStorage.length"))
          .as("what is kept beyond the page")
          .isEqualTo(0);
      window.assertNothingToComplainOf();
    }
  }

  @Test
  void fitsEveryScreen() {
    for (int width : new int[] {WIDE, NARROW}) {
      for (ColorScheme colours : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
        try (BrowserWindow window = browser.open(server.url(), width, colours).go("/sql")) {
          ask(window, "SELECT path, events FROM pages");
          window.awaitTrue(textIn("#summary", "3 rows"));

          window.assertAsWideAsTheWindow();
          window.page().screenshot(new Page.ScreenshotOptions().setPath(picture(width, colours)));
          window.assertNothingToComplainOf();
        }
      }
    }
  }

  private static Path picture(int width, ColorScheme colours) {
    return Path.of(
        "target",
        "screenshots",
        "sql-%d-%s.png".formatted(width, colours.name().toLowerCase(Locale.ROOT)));
  }

  private BrowserWindow open(int width) {
    return browser.open(server.url(), width, ColorScheme.LIGHT);
  }

  private static void ask(BrowserWindow window, String sql) {
    window.page().fill("#sql", sql);
    window.page().locator("#sql").press("Control+Enter");
  }

  private static String textIn(String selector, String text) {
    return "document.querySelector('%s')?.textContent.includes('%s')".formatted(selector, text);
  }

  private static Object textsOf(BrowserWindow window, String selector) {
    return window.evaluate(
        "[...document.querySelectorAll('%s')].map((each) => each.textContent).join('|')"
            .formatted(selector));
  }
}
