package io.millrace.query;

import static io.millrace.query.testing.ClickBuilder.aClick;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.query.testing.QueryServer;
import io.millrace.query.testing.RawExchange;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalTest {
  private final QueryServer server = new QueryServer();

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pages                                   | 400 | missing_parameter | site   | site is missing
          pages?site=                             | 400 | missing_parameter | site   | site is missing
          pages?site=nowhere                      | 404 | unknown_site      | site   | there is no site "nowhere"
          pages?site=%00%ff                       | 404 | unknown_site      | site   | there is no site
          pages?site=demo&site=other              | 400 | bad_parameter     | site   | may be given once
          url_click_counts?site=demo              | 400 | bad_parameter     | site   | not kept per site
          url_click_counts?from=-1h               | 400 | bad_parameter     | from   | for all time only
          books?to=0                              | 400 | bad_parameter     | to     | for all time only
          url_click_counts?grain=day              | 400 | bad_parameter     | grain  | grain must be total for
          nothing?site=demo                       | 404 | unknown_view      |        | there is no view "nothing"
          pages?site=demo&colour=red              | 400 | unknown_parameter | colour | known are site, from, to, grain, top, order, limit, offset, format, path
          pages?site=demo&country=SE              | 400 | unknown_parameter | country | known are
          pages?site=demo&from=yesterday          | 400 | bad_parameter     | from   | not "yesterday"
          pages?site=demo&from=                   | 400 | bad_parameter     | from   | from must be a time
          pages?site=demo&from=-30x               | 400 | bad_parameter     | from   | from must be a time
          pages?site=demo&from=-999999w           | 400 | bad_parameter     | from   | must lie in the years
          pages?site=demo&to=%2B1000000000-12-31T23:59:59Z | 400 | bad_parameter | to | must lie in the years
          pages?site=demo&to=999999999999999      | 400 | bad_parameter     | to     | must lie in the years
          pages?site=demo&from=2000&to=1000       | 400 | bad_parameter     | to     | must be after from
          pages?site=demo&from=1000&to=1000       | 400 | bad_parameter     | to     | must be after from
          pages?site=demo&grain=week              | 400 | bad_parameter     | grain  | total, minute, hour, day
          pages?site=demo&top=0                   | 400 | bad_parameter     | top    | from 1 to 10000
          pages?site=demo&limit=10001             | 400 | bad_parameter     | limit  | from 1 to 10000
          pages?site=demo&limit=99999999999       | 400 | bad_parameter     | limit  | from 1 to 10000
          pages?site=demo&limit=ten               | 400 | bad_parameter     | limit  | not "ten"
          pages?site=demo&offset=-1               | 400 | bad_parameter     | offset | from 0 to 10000
          pages?site=demo&order=colour            | 400 | bad_parameter     | order  | events, page_views, visitors, path
          pages?site=demo&order=time              | 400 | bad_parameter     | order  | not "time"
          pages?site=demo&format=xml              | 400 | bad_parameter     | format | json or csv
          """)
  void namesWhatIsWrong(String query, int status, String code, String field, String message) {
    // Sent by hand: the JDK's client refuses some of these itself.
    RawExchange answer = RawExchange.get(server.port(), "/api/v1/views/" + query);

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    JsonNode error = QueryServer.parse(answer.body()).at("/error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).contains(message);
    if (field == null) {
      assertThat(error.has("field")).isFalse();
    } else {
      assertThat(error.path("field").asText()).isEqualTo(field);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/views/%zz",
        "/api/v1/views/%2e%2e%2fetc?site=demo",
        "/api/v1/views/pages?site=%zz",
        "/api/v1/views/pages?site=demo&path=%",
        "/api/v1/views/pages?%zz=1",
        "/api/v1/views/%ff?site=demo",
        "/api/v1/views/a%00b",
        "/api/v1/views/pages;x=y?site=demo",
        "/api/v1/views//pages",
        "/api/v1/../../etc/passwd",
        "/api/v1/views/pages?site=demo&&&==&=x",
        "/api/v1/sites?x=1",
        "/api/v1/live?site=demo&x=1",
        "/api/v1/live",
        "/api/v1/openapi.json?a",
        "/api/v1/nothing",
        "/assets/%zz",
        "/api/v1/views/pages?site=demo&path=%0d%0aSet-Cookie:x",
        "/api/v1/views/pages?site=demo\u0007",
      })
  void neverBlamesItselfForTheRequest(String path) {
    assertThat(RawExchange.get(server.port(), path).status()).isBetween(200, 499);
  }

  @Test
  void refusesMoreParametersThanAnyoneNeeds() {
    String many = "&path=/".repeat(250);

    assertThat(server.get("/api/v1/views/pages?site=demo" + many).statusCode()).isEqualTo(400);
  }

  @Test
  void allowsReadingOnly() {
    for (String path :
        new String[] {"/api/v1/views/pages?site=demo", "/api/v1/live?site=demo", "/", "/sample"}) {
      HttpResponse<String> response =
          server.send(server.request(path).POST(BodyPublishers.ofString("x")));

      assertThat(response.statusCode()).as(path).isEqualTo(405);
      assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    }
  }

  @Test
  void answersHeadWithoutABody() {
    for (String path : List.of("/api/v1/views/pages?site=demo", "/api/v1/live?site=demo", "/")) {
      HttpResponse<String> response =
          server.send(server.request(path).method("HEAD", BodyPublishers.noBody()));

      assertThat(response.statusCode()).as(path).isEqualTo(200);
      assertThat(response.body()).isEmpty();
      assertThat(response.headers().firstValue("Content-Type"))
          .isEqualTo(
              path.contains("live")
                  ? Optional.of("text/event-stream")
                  : server.get(path).headers().firstValue("Content-Type"));
    }
  }

  @Test
  void asksToComeBackWhileCellsAreAway() {
    server.cells.setAway(true);
    try {
      for (String path : new String[] {"views/traffic", "live"}) {
        HttpResponse<String> response = server.get("/api/v1/" + path + "?site=demo");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("2");
        assertThat(response.body()).contains("cells_unavailable");
      }
    } finally {
      server.cells.setAway(false);
    }
  }

  @Test
  void waitsForCellsThatAreAwayForAMoment() throws InterruptedException {
    // Given
    server.cells.setAway(true);
    int scans = server.cells.scans();
    Thread back =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (server.cells.scans() < scans + 3) {
                    Thread.onSpinWait();
                  }
                  server.cells.setAway(false);
                });

    // When
    HttpResponse<String> response = server.get("/api/v1/views/traffic?site=demo");

    // Then
    assertThat(response.statusCode()).isEqualTo(200);
    back.join();
  }

  @Test
  void givesAdviceWhenAQueryReadsTooMuch() {
    try (var small = limitedTo(2, 2)) {
      IntStream.range(0, 3).forEach(i -> small.with(aClick().path("/" + i).counted()));

      HttpResponse<String> cells = small.get("/api/v1/views/pages?site=demo");

      assertThat(cells.statusCode()).isEqualTo(422);
      assertThat(cells.body()).contains("query_too_large", "more than 2 cells", "shorter span");
    }
  }

  @Test
  void givesAdviceWhenAQueryMeetsTooManyGroups() {
    try (var small = limitedTo(100, 2)) {
      IntStream.range(0, 3).forEach(i -> small.with(aClick().path("/" + i).counted()));

      for (String grain : new String[] {"total", "hour"}) {
        HttpResponse<String> groups = small.get("/api/v1/views/pages?site=demo&grain=" + grain);

        assertThat(groups.statusCode()).isEqualTo(422);
        assertThat(groups.body()).contains("more than 2 groups");
      }
      assertThat(small.get("/api/v1/views/pages?site=demo&path=/1").statusCode()).isEqualTo(200);
    }
  }

  private static QueryServer limitedTo(long cells, int groups) {
    QueryConfig usual = QueryConfig.defaults();
    return new QueryServer(
        new QueryConfig(
            usual.maxRows(),
            usual.defaultLimit(),
            cells,
            groups,
            Duration.ofSeconds(5),
            usual.cellsPatience(),
            1,
            1,
            usual.snapshotInterval(),
            usual.feedSample()),
        Optional.empty());
  }
}
