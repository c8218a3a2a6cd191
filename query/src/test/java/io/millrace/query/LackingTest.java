package io.millrace.query;

import static io.millrace.query.testing.ClickBuilder.aClick;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.query.testing.EventStream;
import io.millrace.query.testing.QueryServer;
import io.millrace.views.Completeness;
import io.millrace.views.Completeness.Lag;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What answers say while some of the cells cannot be had. */
class LackingTest {
  private static final String MINUTES =
      "/api/v1/views/traffic?site=demo&grain=minute&from=2026-11-01T10:00:00Z&to=2026-11-01T11:00:00Z";
  private static final Completeness STALE =
      new Completeness(
          Map.of(
              1, new Lag(12, Optional.of(Duration.ofMillis(800))), 3, new Lag(4, Optional.empty())),
          Set.of());

  private final QueryServer server = new QueryServer();

  @BeforeEach
  void fill() {
    server.with(aClick().at("2026-11-01T10:00:00Z").counted());
    server.progress.reach(QueryServer.NOW);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> sql(String accept) {
    return server.send(
        server
            .request("/api/v1/sql")
            .header("Content-Type", "application/sql")
            .header("Accept", accept)
            .POST(BodyPublishers.ofString("SELECT SUM(events) FROM traffic")));
  }

  @Test
  void saysThatAnAnswerIsWhole() {
    HttpResponse<String> answer = server.get(MINUTES);
    JsonNode json = QueryServer.parse(answer.body());

    assertThat(answer.headers().firstValue("Millrace-Cells")).contains("complete");
    assertThat(json.at("/cells").asText()).isEqualTo("complete");
    assertThat(json.at("/rows/0/final").asBoolean()).isTrue();
    assertThat(json.has("missing_partitions")).isFalse();
    assertThat(json.has("stale_partitions")).isFalse();
  }

  @Test
  void namesThePartitionsThatAreNotInAnAnswerAndCallsNothingFinal() {
    server.cells.setLacking(Completeness.without(2));

    HttpResponse<String> answer = server.get(MINUTES);
    JsonNode json = QueryServer.parse(answer.body());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Millrace-Cells")).contains("partial");
    assertThat(answer.headers().firstValue("Millrace-Missing-Partitions")).contains("2");
    assertThat(json.at("/cells").asText()).isEqualTo("partial");
    assertThat(json.at("/missing_partitions").toString()).isEqualTo("[2]");
    assertThat(json.at("/final").asBoolean()).isFalse();
    assertThat(json.at("/final_until").isNull()).isTrue();
    assertThat(json.at("/rows/0/final").asBoolean()).isFalse();
    assertThat(json.at("/watermark").asText()).isEqualTo(Instant.EPOCH.toString());
  }

  @Test
  void tellsHowFarCopiesAreBehind() {
    server.cells.setLacking(STALE);

    HttpResponse<String> answer = server.get(MINUTES + "&format=csv");
    JsonNode json = server.json(MINUTES);

    assertThat(answer.headers().firstValue("Millrace-Cells")).contains("stale");
    assertThat(answer.headers().firstValue("Millrace-Stale-Partitions")).contains("1,3");
    assertThat(json.at("/stale_partitions").toString())
        .isEqualTo(
            "[{\"partition\":1,\"lag_records\":12,\"lag_ms\":800},"
                + "{\"partition\":3,\"lag_records\":4,\"lag_ms\":null}]");
  }

  @Test
  void saysItInAnswersToSqlToo() {
    server.cells.setLacking(Completeness.without(0));

    HttpResponse<String> lines = sql("application/x-ndjson");

    assertThat(QueryServer.parse(lines.body().lines().toList().getLast()).at("/cells").asText())
        .isEqualTo("partial");
    assertThat(
            QueryServer.parse(sql("application/json").body()).at("/missing_partitions/0").asInt())
        .isZero();
    assertThat(sql("text/csv").headers().firstValue("Millrace-Cells")).contains("partial");
  }

  @Test
  void isWholeAgainAsSoonAsAllCanBeHad() {
    server.cells.setLacking(Completeness.without(0));
    assertThat(server.json(MINUTES).at("/cells").asText()).isEqualTo("partial");

    server.cells.setLacking(Completeness.COMPLETE);

    assertThat(server.json(MINUTES).at("/cells").asText()).isEqualTo("complete");
  }

  @Test
  void aLiveSnapshotSaysThatItLacksSome() {
    try (EventStream stream = EventStream.follow(server, "demo")) {
      assertThat(stream.next("snapshot").at("/cells").asText()).isEqualTo("complete");
      server.cells.setLacking(Completeness.without(1));

      JsonNode snapshot = stream.next("snapshot");
      while (snapshot.at("/cells").asText().equals("complete")) {
        snapshot = stream.next("snapshot");
      }

      assertThat(snapshot.at("/missing_partitions").toString()).isEqualTo("[1]");
      assertThat(snapshot.at("/watermark").asText()).isEqualTo(Instant.EPOCH.toString());
    }
  }
}
