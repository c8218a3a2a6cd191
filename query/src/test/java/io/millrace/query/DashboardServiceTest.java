package io.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.query.testing.QueryServer;
import io.millrace.query.testing.RawExchange;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardServiceTest {
  private final QueryServer server = new QueryServer();

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void servesThePageAndItsFiles() {
    HttpResponse<String> page = server.get("/");
    HttpResponse<String> style = server.get("/assets/styles/page.css");

    assertThat(page.body()).contains("Dashboard for tests", "data-tracker-path=\"/millrace.js\"");
    assertThat(page.body()).as("nobody logs in here").contains("<form hidden>");
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
    assertThat(style.body()).contains("margin");
    assertThat(style.headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
    assertThat(style.headers().firstValue("Cache-Control")).contains("public, max-age=60");
  }

  @Test
  void servesThePageToAskInSql() {
    assertThat(server.get("/sql").body()).contains("SQL console for tests");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/sql",
        "/assets/app.js",
        "/sample",
        "/assets/none.js",
        "/api/v1/sites",
        "/api/v1/views/x"
      })
  void tellsBrowsersWhatNotToDo(String path) {
    var headers = server.get(path).headers();

    assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'")
        .doesNotContain("unsafe");
    assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
    assertThat(headers.firstValue("Referrer-Policy")).contains("strict-origin-when-cross-origin");
  }

  @Test
  void compressesForThoseWhoWantIt() throws Exception {
    String plain = server.get("/assets/app.js").body();
    var request = server.request("/assets/app.js").header("Accept-Encoding", "br, gzip").build();
    HttpResponse<byte[]> compressed = server.client().send(request, BodyHandlers.ofByteArray());
    HttpResponse<String> refused =
        server.send(server.request("/assets/app.js").header("Accept-Encoding", "gzip;q=0"));

    assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(compressed.headers().firstValue("Vary")).contains("Accept-Encoding");
    assertThat(compressed.body().length).isLessThan(plain.length());
    assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(plain);
    assertThat(refused.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(refused.body()).isEqualTo(plain);
  }

  @Test
  void sendsNothingToThoseWhoHaveItAlready() {
    String tag = server.get("/assets/app.js").headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> known =
        server.send(server.request("/assets/app.js").header("If-None-Match", "\"x\", " + tag));
    HttpResponse<String> changed =
        server.send(server.request("/assets/app.js").header("If-None-Match", "\"x\""));

    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(known.body()).isEmpty();
    assertThat(known.headers().firstValue("ETag")).contains(tag);
    assertThat(changed.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/",
        "/assets/none.js",
        "/assets/notes.secret",
        "/assets/styles",
        "/assets/../outside.txt",
        "/assets/..%2foutside.txt",
        "/assets/%2e%2e/outside.txt",
        "/assets/%2e%2e%2foutside.txt",
        "/assets/..\\outside.txt",
        "/assets/styles/../../outside.txt",
        "/assets/.%00./outside.txt",
        "/assets//io/millrace/web/outside.txt",
        "/assets/%2fio/millrace/web/outside.txt",
        "/sample/../outside.txt",
        "/sample/..%2foutside.txt",
        "/outside.txt",
      })
  void showsNothingElseOfTheProgram(String path) {
    RawExchange answer = RawExchange.get(server.port(), path);

    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.body()).doesNotContain("outside\n", "secret\n");
  }

  @Test
  void fillsInTheSamplePageAtAnyPathOfIts() {
    for (String path :
        new String[] {"/sample", "/sample/", "/sample/shop/shoes", "/sample/index.html"}) {
      assertThat(server.get(path).body())
          .as(path)
          .contains(
              "src=\"/millrace.js\"",
              "data-write-key=\"key-&lt;1&gt;\"",
              "data-events-path=\"/v1/events\"");
    }
    assertThat(server.get("/sample/sample.css").body()).contains("teal");
    assertThat(server.get("/sample/none.css").statusCode()).isEqualTo(404);
  }

  @Test
  void hasNoSampleWithoutAKey() {
    try (var without = new QueryServer(QueryConfig.defaults(), Optional.empty())) {
      assertThat(without.get("/sample").statusCode()).isEqualTo(404);
      assertThat(without.get("/sample/sample.css").statusCode()).isEqualTo(404);
      assertThat(without.get("/").body()).contains("data-tracker-path=\"\"");
    }
  }
}
