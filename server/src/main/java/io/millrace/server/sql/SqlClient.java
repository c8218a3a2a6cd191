package io.millrace.server.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.report.Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Asks {@code POST /api/v1/sql}. Blocking; safe for use by several threads. A thread that is
 * interrupted closes its connection, and with it ends its statement.
 */
public final class SqlClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
  private static final int LONGEST_REFUSAL = 256 * 1024;
  private static final int LEAST_FAULT_OF_SERVER = 500;

  private final Target target;
  private final HttpClient client;

  /**
   * One that says nothing of who it is.
   *
   * @param base of the API, such as {@code http://127.0.0.1:8080}
   */
  public SqlClient(URI base) {
    this(Target.open(base));
  }

  public SqlClient(Target target) {
    this.target = target;
    client = target.client();
  }

  /** Where it asks. */
  URI base() {
    return target.url();
  }

  /** Runs a statement; {@code accept} is the media type of the answer. */
  SqlReply run(String sql, OptionalInt maxRows, String accept) throws InterruptedException {
    ObjectNode body = JSON.createObjectNode().put("sql", sql);
    maxRows.ifPresent(rows -> body.put("max_rows", rows));
    return ask(body, accept);
  }

  /**
   * Begins to read a push query; the answer comes without an end, an event a line.
   *
   * @param after the id of what has been seen; empty for none
   */
  SqlReply follow(String sql, OptionalLong maxRows, String after) throws InterruptedException {
    ObjectNode body = JSON.createObjectNode().put("sql", sql);
    maxRows.ifPresent(rows -> body.put("max_rows", rows));
    if (!after.isEmpty()) {
      body.put("after", after);
    }
    return ask(body, AnswerFormat.NDJSON.mediaType());
  }

  private SqlReply ask(ObjectNode body, String accept) throws InterruptedException {
    HttpRequest request =
        target
            .request("/api/v1/sql")
            .timeout(LONGEST_WAIT)
            .header("Content-Type", "application/json")
            .header("Accept", accept)
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes(body)))
            .build();
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      return response.statusCode() == 200
          ? new SqlReply.Answered(response.body(), isJson(response))
          : new SqlReply.Refused(refusal(response), response.statusCode() >= LEAST_FAULT_OF_SERVER);
    } catch (HttpTimeoutException slow) {
      return refused(
          base() + " takes longer than " + LONGEST_WAIT.toMinutes() + " minutes to answer");
    } catch (IOException noAnswer) {
      return refused(unreached(base(), Target.reason(noAnswer)));
    }
  }

  /** What to tell where nobody answers. */
  static String unreached(URI base, String reason) {
    return "no answer from "
        + base
        + " ("
        + reason
        + "). Start one with 'millrace demo', or name another with --target.";
  }

  private static byte[] bytes(ObjectNode body) {
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isJson(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Content-Type")
        .filter(type -> type.startsWith("application/json"))
        .isPresent();
  }

  private SqlError refusal(HttpResponse<InputStream> response) throws IOException {
    JsonNode error = errorIn(response);
    String message = error.path("message").asText("");
    if (!message.isEmpty()) {
      return new SqlError(message, error.path("line").asInt(), error.path("column").asInt());
    }
    return SqlError.of(
        response.statusCode() == 404
            ? base() + " knows no SQL. Is it a Millrace, and not an older one?"
            : base() + " answered with status " + response.statusCode());
  }

  private static JsonNode errorIn(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = response.body()) {
      return JSON.readTree(body.readNBytes(LONGEST_REFUSAL)).path("error");
    } catch (JsonProcessingException notOurs) {
      return JSON.createObjectNode();
    }
  }

  private static SqlReply refused(String message) {
    return new SqlReply.Refused(SqlError.of(message), true);
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
