package io.millrace.testing.harness;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The machine's own browser, without a screen. For one thread, as Playwright is. */
public final class TestBrowser implements AutoCloseable {
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-dev-shm-usage",
          "--disable-gpu",
          "--disable-background-networking");

  private final Playwright playwright;
  private final Browser browser;

  private TestBrowser(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts it; where there is none, the test that wants it ends ({@link Chromium}). */
  public static TestBrowser startOrSkip() {
    Path program = Chromium.orSkip();
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      return new TestBrowser(
          playwright,
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(ARGUMENTS)));
    } catch (RuntimeException failure) {
      playwright.close();
      throw failure;
    }
  }

  /**
   * Opens a window.
   *
   * @param base the only host that its pages should speak to
   * @param width in pixels
   */
  public BrowserWindow open(URI base, int width, ColorScheme colours) {
    return BrowserWindow.open(browser, base, width, colours);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
