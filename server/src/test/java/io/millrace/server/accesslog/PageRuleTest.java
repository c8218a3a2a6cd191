package io.millrace.server.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageRuleTest {

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "GET, /, 200, true",
    "GET, /blog/, 206, true",
    "GET, /blog/post.html?utm_source=x, 304, true",
    "GET, /a.b/c, 200, true",
    "GET, /paper.PDF, 200, true",
    "GET, /notes.txt, 200, true",
    "GET, /find?file=style.css, 200, true",
    "GET, http://site.example/blog, 200, true",
    "GET, http://site.example, 200, true",
    "GET, /moved, 301, false",
    "GET, /gone, 404, false",
    "GET, /broken, 500, false",
    "HEAD, /, 200, false",
    "POST, /form, 200, false",
    "'', '', 408, false",
    "GET, *, 200, false",
    "GET, /style.css?v=2, 200, false",
    "GET, /logo.PNG, 200, false",
    "GET, /fonts/a.woff2, 200, false",
    "GET, /download/tool-1.0.tar.gz, 200, false",
    "GET, /robots.txt, 200, false",
    "GET, /favicon.ico, 200, false",
    "GET, /apple-touch-icon-precomposed.png, 200, false",
    "GET, /index.xml, 200, false",
    "GET, /blog/feed/, 200, false",
    "GET, /?flav=rss20, 200, false",
    "GET, /?x=1&feed=atom, 200, false",
    "GET, /?topic=atom, 200, true",
  })
  void knowsPageRequests(String method, String target, int status, boolean page) {
    var request =
        new LogLine.Request(
            "192.0.2.7", Instant.EPOCH, method, target, "HTTP/1.1", status, 0, "", "");

    assertThat(PageRule.isPage(request)).isEqualTo(page);
  }
}
