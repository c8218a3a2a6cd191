package io.millrace.server.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks the query API over HTTP. Blocking; safe for use by several threads. */
public final class ViewClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Target target;
  private final HttpClient client;

  /**
   * One that says nothing of who it is.
   *
   * @param base of the API, such as {@code http://127.0.0.1:8080}
   */
  public ViewClient(URI base) {
    this(Target.open(base));
  }

  public ViewClient(Target target) {
    this.target = target;
    client = target.client();
  }

  /** The rows of a view over all time, those with most events first. */
  public Reply<List<ViewRow>> top(String view, String site, int rows) throws InterruptedException {
    return rows(view, Map.of("site", site, "top", Integer.toString(rows), "order", "-events"));
  }

  /**
   * The rows of a view.
   *
   * @param parameters as the API has them, such as {@code site}, {@code from} and {@code top}
   */
  public Reply<List<ViewRow>> rows(String view, Map<String, String> parameters)
      throws InterruptedException {
    String query =
        parameters.entrySet().stream()
            .map(each -> encoded(each.getKey()) + '=' + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    return ask("/api/v1/views/" + encoded(view) + '?' + query, ViewClient::rowsOf);
  }

  /** The views there are. */
  public Reply<List<ViewOutline>> views() throws InterruptedException {
    return ask("/api/v1/views", ViewOutline::allOf);
  }

  /** The books. */
  public Reply<Audit> audit() throws InterruptedException {
    return ask("/api/v1/audit", AuditReader::read);
  }

  /** Who is there. */
  public Reply<InstancesReport> instances() throws InterruptedException {
    return ask("/api/v1/instances", InstancesReport::of);
  }

  private <T> Reply<T> ask(String path, Function<JsonNode, T> reading) throws InterruptedException {
    HttpRequest request = target.request(path).timeout(TIMEOUT).build();
    try {
      HttpResponse<String> response =
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      JsonNode answer = JSON.readTree(response.body());
      return response.statusCode() == 200
          ? new Reply.Answered<>(reading.apply(answer))
          : new Reply.Unanswered<>(refusal(path, response.statusCode(), answer));
    } catch (JsonProcessingException notJson) {
      return new Reply.Unanswered<>(target.url() + " answered something that is not JSON");
    } catch (IOException noAnswer) {
      return new Reply.Unanswered<>(
          "no answer from " + target.url() + " (" + Target.reason(noAnswer) + ')');
    }
  }

  private String refusal(String path, int status, JsonNode answer) {
    String message = answer.path("error").path("message").asText("");
    return "%s answered %d to %s%s"
        .formatted(target.url(), status, path, message.isEmpty() ? "" : ": " + message);
  }

  private static List<ViewRow> rowsOf(JsonNode answer) {
    var rows = new ArrayList<ViewRow>();
    for (JsonNode row : answer.path("rows")) {
      Map<String, Object> values = JSON.convertValue(row, new TypeReference<>() {});
      values.values().removeIf(value -> value == null);
      rows.add(new ViewRow(values));
    }
    return rows;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
