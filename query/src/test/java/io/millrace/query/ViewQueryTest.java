package io.millrace.query;

import static io.millrace.query.testing.ClickBuilder.aClick;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.model.EventType;
import io.millrace.model.Outcome;
import io.millrace.query.testing.QueryServer;
import io.millrace.views.JudgedClick;
import io.millrace.views.ViewCatalog;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ViewQueryTest {
  private final QueryServer server = new QueryServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void countsEventsPageViewsAndVisitorsOfASite() {
    server.with(
        aClick().visitor("ada").counted(),
        aClick().visitor("ada").type(EventType.TRACK).counted(),
        aClick().visitor("bob").counted(),
        aClick().site("other").counted());

    JsonNode answer = server.json("/api/v1/views/traffic?site=demo");

    assertThat(answer.at("/view").asText()).isEqualTo("traffic");
    assertThat(answer.at("/site").asText()).isEqualTo("demo");
    assertThat(answer.at("/from").isNull()).isTrue();
    assertThat(answer.at("/grain").asText()).isEqualTo("total");
    assertThat(answer.at("/aggregates/visitors/kind").asText()).isEqualTo("distinct");
    assertThat(answer.at("/aggregates/visitors/error").asDouble()).isEqualTo(0.01625);
    assertThat(answer.at("/rows").toString())
        .isEqualTo("[{\"events\":3,\"page_views\":2,\"visitors\":2,\"final\":false}]");
    assertThat(answer.at("/groups").asInt()).isEqualTo(1);
  }

  @Test
  void mergesVisitorsOverDaysInsteadOfAddingThem() {
    server.with(
        aClick().visitor("ada").at("2026-10-30T10:00:00Z").counted(),
        aClick().visitor("ada").at("2026-10-31T10:00:00Z").counted(),
        aClick().visitor("bob").at("2026-11-01T10:00:00Z").counted());

    JsonNode answer = server.json("/api/v1/views/traffic?site=demo");

    assertThat(answer.at("/rows/0/events").asInt()).isEqualTo(3);
    assertThat(answer.at("/rows/0/visitors").asInt()).isEqualTo(2);
  }

  @Test
  void countsEachMinuteOfAnUnevenSpanOnce() {
    Instant first = Instant.parse("2026-10-29T22:00:00Z");
    IntStream.range(0, 4 * 24 * 60)
        .mapToObj(minute -> aClick().at(first.plusSeconds(60L * minute)).counted())
        .forEach(server.cells::add);

    JsonNode uneven =
        server.json(
            "/api/v1/views/traffic?site=demo&from=2026-10-29T23:58:00Z&to=2026-11-01T01:02:00Z");
    JsonNode half = server.json("/api/v1/views/traffic?site=demo&from=2026-11-01T10:59:30Z");
    JsonNode other = server.json("/api/v1/views/traffic?site=demo&to=2026-10-29T22:03:01Z");

    assertThat(uneven.at("/rows/0/events").asInt()).isEqualTo(2 + 2 * 24 * 60 + 62);
    assertThat(half.at("/rows/0/events").asInt()).isEqualTo((13 + 22) * 60);
    assertThat(other.at("/rows/0/events").asInt()).isEqualTo(4);
  }

  @Test
  void givesASeriesInOrderOfTime() {
    server.with(
        aClick().at("2026-11-01T11:30:00Z").counted(),
        aClick().at("2026-11-01T10:10:00Z").counted(),
        aClick().at("2026-11-01T10:20:00Z").counted());

    JsonNode answer =
        server.json("/api/v1/views/traffic?site=demo&grain=hour&from=-24h&to=2026-11-01T12:00:00Z");

    assertThat(texts(answer, "time"))
        .containsExactly("2026-11-01T10:00:00Z", "2026-11-01T11:00:00Z");
    assertThat(numbers(answer, "events")).containsExactly(2L, 1L);
    assertThat(answer.at("/from").asText()).isEqualTo("2026-10-31T12:00:30Z");
  }

  @Test
  void ranksGroupsAndTellsHowManyThereAre() {
    server.with(pages("/a", 1));
    server.with(pages("/b", 3));
    server.with(pages("/c", 2));

    JsonNode top = server.json("/api/v1/views/pages?site=demo&top=2");
    JsonNode limited = server.json("/api/v1/views/pages?site=demo&limit=1&offset=1&order=path");
    JsonNode ascending = server.json("/api/v1/views/pages?site=demo&order=events");

    assertThat(texts(top, "path")).containsExactly("/b", "/c");
    assertThat(top.at("/groups").asInt()).isEqualTo(3);
    assertThat(top.at("/truncated").asBoolean()).isFalse();
    assertThat(texts(limited, "path")).containsExactly("/b");
    assertThat(limited.at("/truncated").asBoolean()).isTrue();
    assertThat(texts(ascending, "path")).containsExactly("/a", "/c", "/b");
  }

  @Test
  void givesTheSeriesOfTheFirstGroups() {
    server.with(pages("/small", 1));
    server.with(pages("/large", 3));
    server.with(aClick().path("/large").at("2026-11-01T09:00:00Z").counted());
    server.with(pages("/middle", 2));

    JsonNode answer =
        server.json("/api/v1/views/pages?site=demo&top=2&grain=hour&order=-page_views");

    assertThat(texts(answer, "path")).containsExactly("/large", "/large", "/middle");
    assertThat(texts(answer, "time"))
        .containsExactly("2026-11-01T09:00:00Z", "2026-11-01T10:00:00Z", "2026-11-01T10:00:00Z");
    assertThat(answer.at("/groups").asInt()).isEqualTo(3);
  }

  @Test
  void keepsGroupsWithAnyOfTheValuesAskedFor() {
    server.with(pages("/a", 1));
    server.with(pages("/b & c", 3));
    server.with(pages("/d", 2));

    JsonNode answer = server.json("/api/v1/views/pages?site=demo&path=%2Fb%20%26+c&path=/a");

    assertThat(texts(answer, "path")).containsExactly("/b & c", "/a");
    assertThat(answer.at("/groups").asInt()).isEqualTo(2);
  }

  @Test
  void callsFinalWhatNoLiveEventCanChange() {
    server.with(
        aClick().at("2026-11-01T10:59:00Z").counted(),
        aClick().at("2026-11-01T11:59:00Z").counted());
    server.progress.reach(Instant.parse("2026-11-01T11:10:00Z"));

    JsonNode series = server.json("/api/v1/views/traffic?site=demo&grain=hour");
    JsonNode past = server.json("/api/v1/views/traffic?site=demo&to=2026-11-01T11:00:00Z");
    JsonNode open = server.json("/api/v1/views/traffic?site=demo&to=2026-11-01T11:01:00Z");

    assertThat(series.at("/rows/0/final").asBoolean()).isTrue();
    assertThat(series.at("/rows/1/final").asBoolean()).isFalse();
    assertThat(series.at("/final").asBoolean()).isFalse();
    assertThat(series.at("/watermark").asText()).isEqualTo("2026-11-01T11:10:00Z");
    assertThat(series.at("/final_until").asText()).isEqualTo("2026-11-01T11:00:00Z");
    assertThat(past.at("/final").asBoolean()).isTrue();
    assertThat(past.at("/rows/0/final").asBoolean()).isTrue();
    assertThat(open.at("/final").asBoolean()).isFalse();
  }

  @Test
  void callsATotalFinalOnlyWhenItsSpanIsOver() {
    server.with(aClick().path("/old").at("2026-10-01T10:00:00Z").counted());
    server.progress.reach(Instant.parse("2026-11-01T11:10:00Z"));

    JsonNode open = server.json("/api/v1/views/pages?site=demo&from=2026-10-01T00:00:00Z");
    JsonNode recent = server.json("/api/v1/views/pages?site=demo&to=2026-11-01T11:00:01Z");
    JsonNode past = server.json("/api/v1/views/pages?site=demo&to=2026-11-01T11:00:00Z");
    JsonNode series = server.json("/api/v1/views/pages?site=demo&grain=day");

    assertThat(open.at("/rows/0/final").asBoolean()).isFalse();
    assertThat(recent.at("/rows/0/final").asBoolean()).isFalse();
    assertThat(past.at("/rows/0/final").asBoolean()).isTrue();
    assertThat(series.at("/rows/0/final").asBoolean()).isTrue();
  }

  @Test
  void neverCallsFinalWhatEventsOfAnyAgeCanChange() {
    server.with(aClick().at("2026-10-01T10:00:00Z").rejected(Outcome.LATE, "too long ago"));
    server.progress.reach(QueryServer.NOW);

    for (String grain : new String[] {"total", "day"}) {
      JsonNode answer =
          server.json("/api/v1/views/outcomes?site=demo&to=2026-10-02T00:00:00Z&grain=" + grain);

      assertThat(answer.at("/rows/0/final").asBoolean(true)).as(grain).isFalse();
      assertThat(answer.at("/final").asBoolean(true)).as(grain).isFalse();
      assertThat(answer.path("final_until").isNull()).as(grain).isTrue();
    }
  }

  @Test
  void readsWholeHoursWhereMinutesAreNoLongerKeptAndSaysSo() {
    server.with(
        aClick().visitor("ada").at("2026-10-12T10:10:00Z").counted(),
        aClick().visitor("ada").at("2026-10-12T11:10:00Z").counted(),
        aClick().visitor("ada").at("2026-11-01T11:59:00Z").counted());

    JsonNode answer = server.json("/api/v1/views/traffic?site=demo&from=2026-10-12T10:05:00Z");
    HttpResponse<String> csv =
        server.get("/api/v1/views/traffic?site=demo&from=2026-10-12T10:05:00Z&format=csv");

    assertThat(answer.at("/from").asText()).isEqualTo("2026-10-12T10:05:00Z");
    assertThat(answer.at("/covered_from").asText()).isEqualTo("2026-10-12T11:00:00Z");
    assertThat(answer.at("/covered_to").isNull()).isTrue();
    assertThat(answer.at("/rows/0/events").asInt()).isEqualTo(2);
    assertThat(answer.at("/rows/0/visitors").asInt()).isEqualTo(1);
    assertThat(csv.headers().firstValue("Millrace-Covered-From")).contains("2026-10-12T11:00:00Z");
    assertThat(csv.headers().firstValue("Millrace-Covered-To")).isEmpty();
  }

  @Test
  void refusesWhatWouldNeedWindowsThatAreNoLongerKept() {
    server.with(
        aClick().at("2026-10-12T10:10:00Z").counted(),
        aClick().at("2026-11-01T11:59:00Z").counted());

    HttpResponse<String> series =
        server.get("/api/v1/views/traffic?site=demo&grain=minute&from=2026-10-12T10:00:00Z");
    HttpResponse<String> total =
        server.get(
            "/api/v1/views/traffic?site=demo&from=2026-10-12T10:05:00Z&to=2026-10-12T10:20:00Z");
    JsonNode open = server.json("/api/v1/views/traffic?site=demo&grain=minute");

    assertThat(series.statusCode()).isEqualTo(422);
    assertThat(series.body())
        .contains("\"code\":\"not_kept\"", "\"field\":\"from\"")
        .contains("minute since 2026-10-25T11:00:00Z, hour since 2026-08-03T00:00:00Z");
    assertThat(total.statusCode()).isEqualTo(422);
    assertThat(open.at("/covered_from").asText()).isEqualTo("2026-10-25T11:00:00Z");
    assertThat(texts(open, "time")).containsExactly("2026-11-01T11:59:00Z");
  }

  @Test
  void answersFromAViewOfAllTime() {
    server.with(pages("/a", 2));

    JsonNode clicks = server.json("/api/v1/views/url_click_counts");
    JsonNode books = server.json("/api/v1/views/books");

    assertThat(clicks.at("/rows").toString())
        .isEqualTo("[{\"url\":\"https://demo.example/a\",\"clicks\":2,\"final\":false}]");
    assertThat(clicks.at("/site").isNull()).isTrue();
    assertThat(books.at("/rows/0/partition").asText()).isEqualTo("0");
    assertThat(books.at("/rows/0/counted").asInt()).isEqualTo(2);
  }

  @Test
  void writesCsvThatASpreadsheetDoesNotRun() {
    server.with(pages("=HYPERLINK(\"x\")", 2));
    server.with(pages("/a,b", 1));

    HttpResponse<String> response =
        server.get("/api/v1/views/pages?site=demo&format=csv&grain=hour&order=-events");
    HttpResponse<String> accepted =
        server.send(server.request("/api/v1/views/pages?site=demo").header("Accept", "text/csv"));

    assertThat(response.body())
        .isEqualTo(
            """
            path,time,events,page_views,visitors,final
            "'=HYPERLINK(""x"")",2026-11-01T10:00:00Z,2,2,1,false
            "/a,b",2026-11-01T10:00:00Z,1,1,1,false
            """
                .replace("\n", "\r\n"));
    assertThat(response.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
    assertThat(response.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"pages-demo.csv\"");
    assertThat(accepted.body()).startsWith("path,events");
  }

  @Test
  void listsSitesAndViews() {
    assertThat(server.json("/api/v1/sites").toString())
        .isEqualTo(
            "{\"sites\":[{\"id\":\"demo\",\"name\":\"Demo site\"},"
                + "{\"id\":\"other\",\"name\":\"Other site\"}]}");
    JsonNode views = server.json("/api/v1/views").at("/views");
    assertThat(views).hasSize(ViewCatalog.builtIn().plans().size());
    assertThat(views.at("/1").toString())
        .isEqualTo(
            "{\"name\":\"pages\",\"per_site\":true,\"dimensions\":[\"path\"],"
                + "\"grains\":[\"total\",\"minute\",\"hour\",\"day\"],\"aggregates\":["
                + "{\"name\":\"events\",\"kind\":\"count\"},"
                + "{\"name\":\"page_views\",\"kind\":\"count\"},"
                + "{\"name\":\"visitors\",\"kind\":\"distinct\",\"error\":0.01625}],"
                + "\"topic\":null,\"kept_seconds\":{\"minute\":604800,\"hour\":7776000}}");
  }

  private static JudgedClick[] pages(String path, int times) {
    return IntStream.range(0, times)
        .mapToObj(_ -> aClick().path(path).counted())
        .toArray(JudgedClick[]::new);
  }

  private static List<String> texts(JsonNode answer, String field) {
    return StreamSupport.stream(answer.at("/rows").spliterator(), false)
        .map(row -> row.path(field).asText())
        .toList();
  }

  private static List<Long> numbers(JsonNode answer, String field) {
    var numbers = new ArrayList<Long>();
    answer.at("/rows").forEach(row -> numbers.add(row.path(field).asLong()));
    return numbers;
  }
}
