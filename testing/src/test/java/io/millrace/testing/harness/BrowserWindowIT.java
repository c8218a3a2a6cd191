package io.millrace.testing.harness;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What the browser tests look for is planted here, to see that they would find it. */
@TestInstance(PER_CLASS)
@Timeout(200)
class BrowserWindowIT {
  private static final int WIDTH = 360;

  private TestBrowser browser;
  private HttpServer server;

  @BeforeAll
  void start() throws IOException {
    browser = TestBrowser.startOrSkip();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/good", "<p>Good</p>");
    serve("/inline-script", "<script>window.planted = true</script>");
    serve("/other-host", "<img src='http://localhost:1/planted.png' alt=''>");
    serve("/broken-script", "<script src='/broken.js'></script>");
    serve("/broken.js", "throw new Error('planted');");
    serve("/wide", "<div class='wide'>Wide</div><link rel='stylesheet' href='/wide.css'>");
    serve("/wide.css", ".wide { width: 361px }");
    server.start();
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.stop(0);
    }
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void findsNothingOnAGoodPage() {
    try (BrowserWindow window = open("/good")) {
      window.assertAsWideAsTheWindow();
      window.assertNothingToComplainOf();
    }
  }

  @Test
  void findsAViolationOfThePolicy() {
    assertComplains("/inline-script", "policy violated: script-src-elem inline");
  }

  @Test
  void findsARequestToAnotherHost() {
    assertComplains("/other-host", "request to another host: http://localhost:1/planted.png");
  }

  @Test
  void findsAScriptThatFails() {
    assertComplains("/broken-script", "error: Error: planted");
  }

  @Test
  void findsAPageThatIsTooWide() {
    try (BrowserWindow window = open("/wide")) {
      assertThatThrownBy(window::assertAsWideAsTheWindow)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("width of " + base() + "/wide");
    }
  }

  private void assertComplains(String path, String complaint) {
    try (BrowserWindow window = open(path)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInSameThread()
          .untilAsserted(
              () ->
                  assertThatThrownBy(window::assertNothingToComplainOf)
                      .isInstanceOf(AssertionError.class)
                      .hasMessageContaining(complaint));
    }
  }

  private BrowserWindow open(String path) {
    return browser.open(base(), WIDTH, ColorScheme.LIGHT).go(path);
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void serve(String path, String content) {
    String type = path.endsWith(".js") ? "javascript" : path.endsWith(".css") ? "css" : "html";
    String start = type.equals("html") ? "<!doctype html><link rel='icon' href='data:,'>" : "";
    byte[] body = (start + content).getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", "text/" + type);
            headers.set(
                "Content-Security-Policy", "default-src 'self'; img-src data: http://localhost:1");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }
}
