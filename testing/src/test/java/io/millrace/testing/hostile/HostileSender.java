package io.millrace.testing.hostile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.SiteId;
import io.millrace.testing.harness.HttpAnswer;
import io.millrace.testing.harness.SecretScan;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Sends what somebody could throw at a program; every answer is looked through for secrets. */
final class HostileSender {
  static final SiteId SITE = new SiteId("shop.example");
  static final String AGENT =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunningProgram program;
  private final RawHttp raw;
  private final SecretScan scan;

  HostileSender(RunningProgram program, SecretScan scan) {
    this.program = program;
    this.scan = scan;
    raw = new RawHttp(program.url());
  }

  RawHttp.Reply raw(String path, String body) {
    RawHttp.Reply reply =
        raw.post(
            path,
            body.getBytes(StandardCharsets.UTF_8),
            false,
            "Authorization: Bearer " + PlantedSecrets.KEY.value(),
            "Content-Type: application/json");
    scan.text("the answer of " + path, reply.text());
    return reply;
  }

  RawHttp.Reply events(byte[] body, boolean isChunked, String header) {
    return raw.post(
        "/v1/events",
        body,
        isChunked,
        "Authorization: Bearer " + PlantedSecrets.KEY.value(),
        "Content-Type: application/json",
        header);
  }

  HttpAnswer send(ObjectNode event) {
    return post(event.toString());
  }

  HttpAnswer post(String body) {
    return seen(program.http().postEvents(PlantedSecrets.KEY.value(), body));
  }

  /** Every answer is looked through for secrets. */
  HttpAnswer seen(HttpAnswer answer) {
    scan.text("an answer", answer.headers() + answer.body());
    return answer;
  }

  static ObjectNode event(String id, String path) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("url", "http://" + SITE.value() + path)
        .put("user_agent", AGENT)
        .put("ip", "83.149.9.216");
  }

  HttpAnswer csv(String sql) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(program.url().resolve("/api/v1/sql"))
                  .header("Content-Type", "application/sql")
                  .header("Accept", "text/csv")
                  .POST(HttpRequest.BodyPublishers.ofString(sql))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return seen(new HttpAnswer(response.statusCode(), Map.of(), response.body(), Duration.ZERO));
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError("no answer", failure);
    }
  }
}
