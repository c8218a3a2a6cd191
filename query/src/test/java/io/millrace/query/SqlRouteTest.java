package io.millrace.query;

import static io.millrace.query.testing.ClickBuilder.aClick;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.query.testing.QueryServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlRouteTest {
  private static final String PAGES =
      "SELECT path, SUM(events) AS events FROM pages GROUP BY path ORDER BY events DESC, path";

  private final QueryServer server = new QueryServer();

  @BeforeAll
  void fill() {
    server.with(
        aClick().path("/").counted(),
        aClick().path("/").counted(),
        aClick().path("=1+1").counted(),
        aClick().site("other").path("/a,b").counted());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void answersAsJson() {
    HttpResponse<String> response = post("application/sql", "*/*", PAGES);

    JsonNode answer = QueryServer.parse(response.body());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.at("/columns").toString())
        .isEqualTo(
            "[{\"name\":\"path\",\"type\":\"VARCHAR\"},{\"name\":\"events\",\"type\":\"BIGINT\"}]");
    assertThat(answer.at("/rows").toString()).isEqualTo("[[\"/\",2],[\"/a,b\",1],[\"=1+1\",1]]");
    assertThat(answer.at("/truncated").booleanValue()).isFalse();
    assertThat(answer.at("/elapsed_ms").isIntegralNumber()).isTrue();
  }

  @Test
  void answersALineForEachRow() {
    HttpResponse<String> response =
        post("application/sql; charset=utf-8", "application/x-ndjson", PAGES + ";");

    List<String> lines = response.body().lines().toList();
    assertThat(response.headers().firstValue("Content-Type")).contains("application/x-ndjson");
    assertThat(lines).hasSize(5);
    assertThat(QueryServer.parse(lines.getFirst()).at("/columns/0/name").asText())
        .isEqualTo("path");
    assertThat(lines.get(1)).isEqualTo("[\"/\",2]");
    assertThat(QueryServer.parse(lines.getLast()).path("truncated").booleanValue()).isFalse();
    assertThat(QueryServer.parse(lines.getLast()).has("elapsed_ms")).isTrue();
  }

  @Test
  void answersAsCsv() {
    HttpResponse<String> response = post("application/sql", "text/html, text/csv;q=0.9", PAGES);

    assertThat(response.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
    assertThat(response.headers().firstValue("Millrace-Truncated")).contains("false");
    assertThat(response.body()).isEqualTo("path,events\r\n/,2\r\n\"/a,b\",1\r\n'=1+1,1\r\n");
  }

  @Test
  void takesAnObjectToo() {
    JsonNode answer =
        QueryServer.parse(
            post(
                    "application/json; charset=utf-8",
                    "",
                    "{\"sql\":\"" + PAGES + "\",\"max_rows\":2}")
                .body());

    assertThat(answer.path("rows")).hasSize(2);
    assertThat(answer.path("truncated").booleanValue()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"sql":1}                        | missing_parameter | sql
          {}                               | missing_parameter | sql
          {"sql":"SELECT 1","rows":2}      | unknown_parameter | rows
          {"sql":"SELECT 1","max_rows":0}  | bad_parameter     | max_rows
          {"sql":"SELECT 1","max_rows":1.5} | bad_parameter    | max_rows
          {"sql":"SELECT 1","max_rows":10001} | bad_parameter  | max_rows
          {"sql":"SELECT 1","sql":"SELECT 2"} | bad_parameter  | body
          [1]                              | bad_parameter     | body
          {"sql"                           | bad_parameter     | body
          """)
  void refusesOtherObjects(String body, String code, String field) {
    HttpResponse<String> response = post("application/json", "*/*", body);

    JsonNode error = QueryServer.parse(response.body()).path("error");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error.path("code").asText()).as(response.body()).isEqualTo(code);
    assertThat(error.path("field").asText()).isEqualTo(field);
  }

  @Test
  void refusesOtherTypesOfBodies() {
    assertThat(post("application/xml", "*/*", PAGES).body()).contains("bad_parameter");
  }

  @Test
  void tellsWhereAQueryIsWrong() {
    HttpResponse<String> response =
        post(
            "application/sql",
            "text/csv",
            "SELECT path,\n  SUM(visitors) FROM pages GROUP BY path");

    JsonNode error = QueryServer.parse(response.body()).path("error");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error.path("code").asText()).isEqualTo("invalid_sql");
    assertThat(error.path("line").asInt()).isEqualTo(2);
    assertThat(error.path("column").asInt()).isEqualTo(3);
    assertThat(error.path("message").asText()).contains("MERGE(visitors)");
  }

  @Test
  void refusesALongQueryAndAMalformedOne() {
    assertThat(post("application/sql", "*/*", "x".repeat(70_000)).statusCode()).isEqualTo(400);
    assertThat(post("application/sql", "*/*", "x".repeat(600_000)).statusCode()).isEqualTo(400);
    HttpResponse<String> response =
        server.send(
            server
                .request("/api/v1/sql")
                .header("Content-Type", "application/sql")
                .POST(BodyPublishers.ofByteArray(new byte[] {'S', (byte) 0xff})));
    assertThat(response.body()).contains("invalid_sql", "UTF-8");
  }

  @Test
  void allowsPostOnly() {
    HttpResponse<String> response = server.get("/api/v1/sql");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void asksToComeBackWhileCellsAreAway() {
    server.cells.setAway(true);
    try {
      HttpResponse<String> response = post("application/sql", "*/*", PAGES);

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).contains("2");
    } finally {
      server.cells.setAway(false);
    }
  }

  @Test
  void refusesWhatWouldHoldTooMuch() {
    try (var many = new QueryServer()) {
      IntStream.range(0, 2_000).forEach(i -> many.with(aClick().path("/" + i).counted()));
      HttpResponse<String> response =
          many.send(
              many.request("/api/v1/sql")
                  .header("Content-Type", "application/sql")
                  .POST(
                      BodyPublishers.ofString(
                          "SELECT a.path FROM pages a, pages b ORDER BY a.path, b.path")));

      assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
      assertThat(response.body()).contains("query_too_large");
    }
  }

  private HttpResponse<String> post(String type, String accept, String body) {
    var request =
        server
            .request("/api/v1/sql")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body));
    return server.send(accept.isEmpty() ? request : request.header("Accept", accept));
  }
}
