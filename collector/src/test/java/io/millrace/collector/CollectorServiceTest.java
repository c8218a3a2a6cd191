package io.millrace.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.collector.log.InMemoryClickLog.Mood;
import io.millrace.collector.sender.DailySalts;
import io.millrace.collector.sender.SaltUnavailableException;
import io.millrace.model.ClickEvent;
import io.millrace.model.ClientHints;
import io.millrace.model.EventType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The collector over HTTP, as clients meet it. */
class CollectorServiceTest {
  private static final String PAGE = "{\"id\":\"a\",\"url\":\"https://shop.example/\"}";
  private static final String BROKEN_PAGE = "{\"id\":\"b\",\"url\":\"/relative\"}";

  private final CollectorFixture collector = new CollectorFixture();

  @AfterEach
  void stop() {
    collector.close();
  }

  @Test
  void oneEventIsAcceptedAndAnsweredShortly() {
    // When
    HttpResponse<String> answer = collector.post(PAGE);

    // Then
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"accepted\":1,\"refused\":0,\"results\":[]}");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    ClickEvent event = collector.memory.onlyEvent();
    assertThat(event.id()).isEqualTo("a");
    assertThat(event.site()).isEqualTo(CollectorFixture.SITE);
    assertThat(event.type()).isEqualTo(EventType.PAGE);
    assertThat(event.address()).isEqualTo("127.0.0.0");
    assertThat(event.receivedTime()).isEqualTo(CollectorFixture.NOW.toEpochMilli());
    assertThat(event.time()).isEqualTo(event.receivedTime());
    assertThat(event.agent()).startsWith("Java-http-client");
    assertThat(event.hints()).isEqualTo(ClientHints.NONE);
    assertThat(event.language()).isEmpty();
  }

  @Test
  void whatABrowserTellsOfItselfIsKeptWithTheEvent() {
    // When
    collector.post(
        PAGE.getBytes(StandardCharsets.UTF_8),
        "Sec-CH-UA",
        "\"Chromium\";v=\"142\", \"Brave\";v=\"142\"",
        "Sec-CH-UA-Mobile",
        "?1",
        "Sec-CH-UA-Platform",
        "\"Android\"",
        "Sec-CH-UA-Platform-Version",
        "\"16.0.0\"",
        "Sec-CH-UA-Model",
        "\"SM-A536B\"",
        "Sec-CH-UA-Full-Version-List",
        "\"Brave\";v=\"142.1.2.3\"",
        "Accept-Language",
        "en;q=0.5, de-AT");

    // Then
    ClickEvent event = collector.memory.onlyEvent();
    assertThat(event.hints())
        .isEqualTo(
            new ClientHints(
                "\"Chromium\";v=\"142\", \"Brave\";v=\"142\"",
                "\"Brave\";v=\"142.1.2.3\"",
                "?1",
                "\"Android\"",
                "\"16.0.0\"",
                "\"SM-A536B\""));
    assertThat(event.language()).isEqualTo("de-AT");
  }

  @Test
  void hintsThatNoBrowserSendsAreNotKept() {
    // When
    HttpResponse<String> answer =
        collector.post(
            PAGE.getBytes(StandardCharsets.UTF_8),
            "Sec-CH-UA",
            "(".repeat(5_000),
            "Sec-CH-UA-Mobile",
            "yes",
            "Sec-CH-UA-Model",
            "\"" + "m".repeat(100) + '"');

    // Then
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(collector.memory.onlyEvent().hints()).isEqualTo(ClientHints.NONE);
  }

  @Test
  void aMixedBatchIsAcceptedInPartAndSaysWhatWasRefused() {
    // When
    HttpResponse<String> answer = collector.post("[" + PAGE + "," + BROKEN_PAGE + ",7]");

    // Then
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"accepted":1,"refused":2,"results":[\
            {"index":1,"id":"b","status":"refused","field":"url",\
            "reason":"is not an absolute http or https URL"},\
            {"index":2,"id":"","status":"refused","reason":"an event is a JSON object"}]}\
            """);
    assertThat(collector.memory.onlyEvent().id()).isEqualTo("a");
  }

  @Test
  void aVerboseAnswerListsEveryEvent() {
    HttpResponse<String> answer =
        collector.post("/v1/events?verbose=true&key=" + CollectorFixture.KEY, "[" + PAGE + "]");

    assertThat(answer.body())
        .contains("\"results\":[{\"index\":0,\"id\":\"a\",\"status\":\"accepted\"}]");
  }

  @Test
  void aRequestWithoutOneGoodEventIsRefusedWithAnError() {
    HttpResponse<String> answer = collector.post(BROKEN_PAGE);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"accepted\":0,\"refused\":1")
        .contains("\"error\":{\"code\":\"invalid\"")
        .contains("\"field\":\"url\"");
    assertThat(collector.memory.events()).isEmpty();
  }

  @Test
  void anErrorNamesNoFieldWhereNoneIsAtFault() {
    assertThat(collector.post("7").body())
        .isEqualTo(
            """
            {"accepted":0,"refused":1,\
            "results":[{"index":0,"id":"","status":"refused","reason":"an event is a JSON object"}],\
            "error":{"code":"malformed","message":"an event is a JSON object"}}\
            """);
  }

  @Test
  void brokenJsonRefusesTheWholeRequest() {
    HttpResponse<String> answer = collector.post("[" + PAGE + ",{\"id\":]");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"code\":\"malformed\"");
    assertThat(collector.memory.events()).isEmpty();
  }

  @Test
  void aBrokenLineRefusesOnlyItself() {
    // Given
    byte[] lines =
        (PAGE + "\n{\"id\":\n\n" + PAGE.replace("\"a\"", "\"c\"") + "\r\n")
            .getBytes(StandardCharsets.UTF_8);

    // When
    HttpResponse<String> answer =
        collector.post(lines, "Content-Type", "application/x-ndjson; charset=utf-8");

    // Then
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).contains("\"accepted\":2,\"refused\":1").contains("{\"index\":1,");
    assertThat(collector.memory.events()).extracting(ClickEvent::id).containsExactly("a", "c");
  }

  @Test
  void aKeyMayComeInTheEventTheHeaderOrTheQuery() {
    assertThat(
            collector
                .post("/v1/events", "{\"write_key\":\"browser-key\",\"url\":\"http://a/\"}")
                .statusCode())
        .isEqualTo(202);
    assertThat(
            collector
                .send(
                    collector
                        .request("/v1/events")
                        .header("Authorization", "Bearer browser-key")
                        .POST(HttpRequest.BodyPublishers.ofString(PAGE)))
                .statusCode())
        .isEqualTo(202);
    assertThat(collector.post("/v1/events?key=browser-key", PAGE).statusCode()).isEqualTo(202);
  }

  @Test
  void anUnknownOrMissingKeyIsUnauthorized() {
    HttpResponse<String> unknown = collector.post("/v1/events?key=stranger", "[" + PAGE + "]");

    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(unknown.body()).contains("\"code\":\"unauthorized\"", "\"field\":\"write_key\"");
    assertThat(collector.post("/v1/events", PAGE).statusCode()).isEqualTo(401);
  }

  @Test
  void gzipIsReadAndABombEndsAtTheLimit() throws IOException {
    assertThat(
            collector
                .post(gzip(PAGE.getBytes(StandardCharsets.UTF_8)), "Content-Encoding", "gzip")
                .statusCode())
        .isEqualTo(202);

    byte[] bomb = gzip(new byte[50_000_000]);
    HttpResponse<String> answer = collector.post(bomb, "Content-Encoding", "gzip");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("\"code\":\"too_large\"");
  }

  @Test
  void gzipThatIsCutShortOrNestedOrNoneIsMalformed() throws IOException {
    byte[] whole = gzip(PAGE.getBytes(StandardCharsets.UTF_8));

    assertThat(
            collector
                .post(Arrays.copyOf(whole, whole.length - 12), "Content-Encoding", "gzip")
                .statusCode())
        .isEqualTo(400);
    assertThat(collector.post(gzip(whole), "Content-Encoding", "gzip").statusCode()).isEqualTo(400);
    assertThat(
            collector
                .post(PAGE.getBytes(StandardCharsets.UTF_8), "Content-Encoding", "gzip")
                .statusCode())
        .isEqualTo(400);
    assertThat(collector.memory.events()).isEmpty();
  }

  @Test
  void otherEncodingsAndTypesAreUnsupported() {
    assertThat(collector.post(new byte[] {1}, "Content-Encoding", "br").statusCode())
        .isEqualTo(415);
    assertThat(
            collector
                .post(PAGE.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/xml")
                .statusCode())
        .isEqualTo(415);
  }

  @Test
  void whatIsTooLargeIsRefusedAsThat() {
    String longEvent =
        "{\"url\":\"http://a/\",\"properties\":{\"p\":\"" + "x".repeat(33_000) + "\"}}";

    assertThat(collector.post(longEvent).statusCode()).isEqualTo(413);
    assertThat(collector.post("[" + longEvent + "," + PAGE + "]").body())
        .contains("\"accepted\":1,\"refused\":1");
    assertThat(collector.post("[" + (PAGE + ",").repeat(2_500) + PAGE + "]").statusCode())
        .isEqualTo(413);
    assertThat(collector.post(" ".repeat(600_000)).statusCode()).isEqualTo(413);
    assertThat(collector.memory.events()).hasSize(1);
  }

  @Test
  void aBodyOfUnknownLengthIsBoundedToo() {
    byte[] large = new byte[600_000];

    HttpResponse<String> answer =
        collector.send(
            collector
                .request("/v1/events?key=" + CollectorFixture.KEY)
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(large))));

    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void emptyBodiesHoldNoEvent() {
    for (String body : new String[] {"", " ", "[]", "\n\n"}) {
      assertThat(collector.post(body).statusCode()).as("body \"%s\"", body).isEqualTo(400);
    }
  }

  @Test
  void aKeyOfSomePagesIsRefusedOnOthersAndGoodWhereNoPageIsTold() {
    String path = "/v1/events?key=" + CollectorFixture.PAGE_KEY;

    for (String origin : List.of("https://shop.example", "HTTPS://Shop.Example")) {
      assertThat(postFrom(path, origin).statusCode()).as(origin).isEqualTo(202);
    }
    for (String origin : List.of("https://evil.example", "http://shop.example", "null")) {
      HttpResponse<String> answer = postFrom(path, origin);
      assertThat(answer.statusCode()).as(origin).isEqualTo(400);
      assertThat(answer.body()).contains("may not be used on pages of this origin");
    }
    assertThat(collector.post(path, PAGE).statusCode()).isEqualTo(202);
    String pixel = "/v1/pixel.gif?url=https://shop.example/a&key=" + CollectorFixture.PAGE_KEY;
    assertThat(
            collector
                .send(collector.request(pixel).header("Referer", "https://shop.example/a"))
                .statusCode())
        .isEqualTo(200);
    assertThat(
            collector
                .send(collector.request(pixel).header("Referer", "https://evil.example/a"))
                .statusCode())
        .isEqualTo(400);
    assertThat(
            collector
                .send(collector.request(pixel).header("Sec-Fetch-Site", "cross-site"))
                .statusCode())
        .as("a page that keeps a browser from telling it")
        .isEqualTo(400);
    assertThat(collector.send(collector.request(pixel)).statusCode()).as("a server").isEqualTo(200);
  }

  private HttpResponse<String> postFrom(String path, String origin) {
    return collector.send(
        collector
            .request(path)
            .header("Origin", origin)
            .POST(HttpRequest.BodyPublishers.ofString(PAGE)));
  }

  @Test
  void tooManyRequestsOfAnAddressAreToldToComeLaterWhateverTheySayOfProxies() {
    try (var limited =
        new CollectorFixture(
            CollectorConfig.of(
                Map.of("max-requests-per-address", "1", "trusted-proxies", "127.0.0.1")),
            HttpLimits.DEFAULTS)) {
      var statuses = new ArrayList<Integer>();
      for (int i = 0; i < 400 && !statuses.contains(429); i++) {
        HttpResponse<String> answer =
            limited.send(
                limited
                    .request("/v1/events?key=" + CollectorFixture.KEY)
                    .header("X-Forwarded-For", "192.0.2." + i % 250 + ", 203.0.113.9")
                    .POST(HttpRequest.BodyPublishers.ofString(PAGE)));
        statuses.add(answer.statusCode());
        if (answer.statusCode() == 429) {
          assertThat(answer.headers().firstValue("Retry-After")).isPresent();
          assertThat(answer.body()).contains("rate_limited");
        }
      }
      assertThat(statuses).startsWith(202, 202, 202).contains(429).containsOnly(202, 429);
      assertThat(limited.post(PAGE).statusCode()).as("from this machine").isEqualTo(202);
    }
  }

  @Test
  void tooManyEventsOfAKeyAreToldToComeLaterAndThoseOfOtherKeysAreNot() {
    try (var limited =
        new CollectorFixture(
            CollectorConfig.of(Map.of("max-events-per-key", "1")), HttpLimits.DEFAULTS)) {
      String many = "[" + (PAGE + ",").repeat(999) + PAGE + "]";

      assertThat(limited.post(many).statusCode()).isEqualTo(202);
      assertThat(limited.post(PAGE).statusCode()).isEqualTo(429);
      assertThat(limited.post("/v1/events?key=" + CollectorFixture.SERVER_KEY, PAGE).statusCode())
          .isEqualTo(202);
    }
  }

  @Test
  void everyOriginMayReportAndIsToldSo() {
    HttpResponse<String> preflight =
        collector.send(
            collector
                .request("/v1/events")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Access-Control-Request-Method", "POST"));

    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
        .hasValue("GET, POST");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValue("content-type, content-encoding, authorization");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    assertThat(collector.post(BROKEN_PAGE).headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("*");
  }

  @Test
  void otherMethodsAreNotAllowed() {
    for (String method : new String[] {"GET", "PUT", "DELETE", "PATCH", "TRACE", "HEAD"}) {
      HttpResponse<String> answer =
          collector.send(
              collector.request("/v1/events").method(method, HttpRequest.BodyPublishers.noBody()));
      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).hasValue("POST, OPTIONS");
      assertThat(answer.body())
          .isEqualTo(
              method.equals("HEAD")
                  ? ""
                  : "{\"error\":{\"code\":\"method_not_allowed\","
                      + "\"message\":\"allowed here: POST, OPTIONS\"}}");
    }
  }

  @Test
  void thePixelReportsAPage() {
    // When
    HttpResponse<byte[]> answer =
        collector.send(
            collector
                .request(
                    "/v1/pixel.gif?key=browser-key&id=p&title=A%20b&_=17&referrer=http%3A%2F%2Fr%2F")
                .header("Referer", "https://shop.example/mail"),
            HttpResponse.BodyHandlers.ofByteArray());

    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/gif");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(new String(answer.body(), StandardCharsets.ISO_8859_1)).startsWith("GIF89a");
    ClickEvent event = collector.memory.onlyEvent();
    assertThat(event.id()).isEqualTo("p");
    assertThat(event.url()).isEqualTo("https://shop.example/mail");
    assertThat(event.title()).isEqualTo("A b");
    assertThat(event.referrer()).isEqualTo("http://r/");
  }

  @Test
  void aRefusedPixelIsStillAnImage() {
    assertThat(
            collector
                .send(collector.request("/v1/pixel.gif?key=nobody&url=http://a/"))
                .statusCode())
        .isEqualTo(401);
    HttpResponse<String> answer =
        collector.send(collector.request("/v1/pixel.gif?key=browser-key"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("GIF89a");
    collector.memory.become(Mood.FULL);
    HttpResponse<String> unavailable =
        collector.send(collector.request("/v1/pixel.gif?key=browser-key&url=http://a/"));
    assertThat(unavailable.statusCode()).isEqualTo(503);
    assertThat(unavailable.headers().firstValue("Retry-After")).hasValue("2");
  }

  @Test
  void lookingAtThePixelReportsNothing() {
    HttpResponse<String> answer =
        collector.send(collector.request("/v1/pixel.gif?key=browser-key&url=http://a/").HEAD());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(collector.memory.events()).isEmpty();
  }

  @Test
  void theScriptIsServedOnceAndThenKnown() {
    // When
    HttpResponse<String> plain = collector.send(collector.request("/millrace.js"));
    HttpResponse<byte[]> compressed =
        collector.send(
            collector.request("/millrace.js").header("Accept-Encoding", "br, gzip;q=0.8"),
            HttpResponse.BodyHandlers.ofByteArray());
    String tag = compressed.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> known =
        collector.send(collector.request("/millrace.js").header("If-None-Match", "\"x\", " + tag));

    // Then
    assertThat(plain.body()).isEqualTo(CollectorFixture.SCRIPT);
    assertThat(plain.headers().firstValue("Content-Type"))
        .hasValue("text/javascript; charset=utf-8");
    assertThat(plain.headers().firstValue("Cache-Control")).hasValue("public, max-age=3600");
    assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(compressed.body()).startsWith(0x1f, 0x8b);
    assertThat(plain.headers().firstValue("ETag"))
        .isNotEqualTo(compressed.headers().firstValue("ETag"));
    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(known.body()).isEmpty();
  }

  @Test
  void theScriptMayBeLookedAtAndReportsToTheConfiguredPath() {
    try (var other =
        new CollectorFixture(
            CollectorConfig.of(Map.of("events-path", "/collect")), HttpLimits.DEFAULTS)) {
      assertThat(other.send(other.request("/millrace.js")).body())
          .isEqualTo(CollectorFixture.SCRIPT.replace("/v1/events", "/collect"));
      HttpResponse<String> head = other.send(other.request("/millrace.js").HEAD());
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.headers().firstValue("ETag")).isPresent();
      assertThat(head.body()).isEmpty();
      assertThat(other.post("/collect?key=browser-key", PAGE).statusCode()).isEqualTo(202);
    }
  }

  @Test
  void aLogThatRefusesIsAnsweredWithComeAgain() {
    for (Mood mood : new Mood[] {Mood.FULL, Mood.FAILING}) {
      collector.memory.become(mood);
      HttpResponse<String> answer = collector.post(PAGE);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
      assertThat(answer.body()).contains("\"code\":\"unavailable\"");
    }
    collector.memory.become(Mood.WRITING);
    assertThat(collector.post(PAGE).statusCode()).isEqualTo(202);
  }

  @Test
  void aSilentLogIsNotWaitedForLongerThanFourSeconds() {
    // Given
    collector.memory.become(Mood.SILENT);
    long start = System.nanoTime();

    // When
    HttpResponse<String> answer = collector.post(PAGE);

    // Then
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void nothingOfARequestIsTakenWhileAVisitorOfItCannotBeNamed() {
    DailySalts unknown =
        day -> {
          throw new SaltUnavailableException(day);
        };
    try (var unable = new CollectorFixture(unknown)) {
      String named = "{\"url\":\"http://shop.example/\",\"anonymous_id\":\"a\"}";
      String unnamed = "{\"url\":\"http://shop.example/\"}";

      HttpResponse<String> both = unable.post("[" + named + "," + unnamed + "]");
      assertThat(both.statusCode()).isEqualTo(503);
      assertThat(both.headers().firstValue("Retry-After")).hasValue("2");
      assertThat(unable.memory.events()).isEmpty();

      assertThat(unable.post(named).statusCode()).isEqualTo(202);
    }
  }

  @Test
  void nothingASiteOrClientNamesBecomesALabel() {
    collector.post(PAGE);
    collector.post("/v1/events?key=stranger", BROKEN_PAGE);

    String metrics = collector.registry.scrape().toString();
    assertThat(metrics).doesNotContain("shop.example", "stranger");
    assertThat(collector.registry.scrape().stream().map(m -> m.getMetadata().getName()))
        .contains(
            "millrace_collector_events",
            "millrace_collector_requests",
            "millrace_collector_request_seconds",
            "millrace_collector_append_seconds",
            "millrace_collector_in_flight_bytes");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
