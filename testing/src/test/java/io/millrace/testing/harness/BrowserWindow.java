package io.millrace.testing.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * One page in a window of its own that writes down what a page should not do: errors, violations of
 * its own security policy, requests to other hosts. Headless Chromium calls itself so and is taken
 * for the program that it is; here it says that it is a desktop browser.
 *
 * <p>For one thread, as Playwright is.
 */
public final class BrowserWindow implements AutoCloseable {
  private static final double PATIENCE_MILLIS = 90_000;

  private final BrowserContext context;
  private final Page page;
  private final URI base;
  private final List<String> complaints = new ArrayList<>();

  private BrowserWindow(BrowserContext context, URI base) {
    this.context = context;
    this.base = base;
    context.addInitScript(
        "document.addEventListener('securitypolicyviolation', (event) =>"
            + " console.error('policy violated:', event.violatedDirective, event.blockedURI));");
    this.page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.onPageError(error -> complaints.add("error: " + error));
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add("console: " + message.text());
          }
        });
    page.onRequest(this::watch);
  }

  static BrowserWindow open(Browser browser, URI base, int width, ColorScheme colours) {
    var options =
        new Browser.NewContextOptions()
            .setUserAgent(TestEvent.AGENT)
            .setViewportSize(width, 900)
            .setColorScheme(colours)
            .setLocale("en-GB");
    return new BrowserWindow(browser.newContext(options), base);
  }

  private void watch(Request request) {
    URI target = URI.create(request.url().replaceAll("[^!-~]", ""));
    boolean isLocal = "data".equals(target.getScheme()) || "blob".equals(target.getScheme());
    if (!isLocal && !base.getAuthority().equals(target.getAuthority())) {
      complaints.add("request to another host: " + request.url());
    }
  }

  public Page page() {
    return page;
  }

  public BrowserContext context() {
    return context;
  }

  /** Goes to a path of the instance. */
  public BrowserWindow go(String path) {
    page.navigate(base.resolve(path).toString());
    return this;
  }

  /**
   * Waits until an expression in JavaScript is true, and tells what the page shows if it is not.
   */
  public void awaitTrue(String expression) {
    try {
      page.waitForFunction("() => " + expression);
    } catch (TimeoutError never) {
      throw new AssertionError(
          "never true: %s%n%s %s%n%s"
              .formatted(expression, page.url(), complaints, evaluate("document.body.innerText")),
          never);
    }
  }

  public Object evaluate(String expression) {
    return page.evaluate(expression);
  }

  /** Whether nothing needs scrolling to the side. */
  public void assertAsWideAsTheWindow() {
    assertThat(evaluate("document.documentElement.scrollWidth"))
        .as("width of " + page.url())
        .isEqualTo(page.viewportSize().width);
  }

  public void assertNothingToComplainOf() {
    // Playwright tells of events only while it is asked for something.
    evaluate("new Promise((done) => setTimeout(done))");
    assertThat(complaints).isEmpty();
  }

  @Override
  public void close() {
    context.close();
  }
}
