package io.millrace.server.sender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/**
 * A collector as far as a sender can see: judges each event by a rule, or answers with a status it
 * was told to.
 */
public final class FakeCollector implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Queue<Integer> failures = new ConcurrentLinkedQueue<>();
  private final List<List<JsonNode>> requests = new CopyOnWriteArrayList<>();
  private final List<JsonNode> accepted = new CopyOnWriteArrayList<>();
  private volatile Predicate<JsonNode> refusing = event -> false;

  public FakeCollector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/events", this::answer);
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers the next request with a status instead of judging it. */
  public void failNextWith(int status) {
    failures.add(status);
  }

  public void refuse(Predicate<JsonNode> events) {
    refusing = events;
  }

  /** The events of each request, also of those that were not taken. */
  public List<List<JsonNode>> requests() {
    return requests;
  }

  public List<JsonNode> accepted() {
    return accepted;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<JsonNode> events = events(exchange);
      requests.add(events);
      Integer failure = failures.poll();
      if (failure != null) {
        exchange.getResponseHeaders().set("Retry-After", "0");
        respond(exchange, failure, "{\"error\":{\"code\":\"busy\",\"message\":\"told to\"}}");
      } else if (!"Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        respond(exchange, 401, "{\"error\":{\"code\":\"key\",\"message\":\"unknown key\"}}");
      } else {
        ObjectNode judged = judged(events);
        boolean none = judged.get("accepted").asInt() == 0;
        respond(exchange, none ? 400 : 202, judged.toString());
      }
    }
  }

  private ObjectNode judged(List<JsonNode> events) {
    ObjectNode answer = JSON.createObjectNode();
    var results = answer.putArray("results");
    int refused = 0;
    for (int index = 0; index < events.size(); index++) {
      JsonNode event = events.get(index);
      if (refusing.test(event)) {
        refused++;
        results
            .addObject()
            .put("index", index)
            .put("id", event.path("id").asText())
            .put("status", "refused")
            .put("field", "url")
            .put("reason", "not a URL");
      } else {
        accepted.add(event);
      }
    }
    return answer.put("accepted", events.size() - refused).put("refused", refused);
  }

  private static List<JsonNode> events(HttpExchange exchange) throws IOException {
    boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    InputStream body = exchange.getRequestBody();
    byte[] bytes = (gzip ? new GZIPInputStream(body) : body).readAllBytes();
    var events = new ArrayList<JsonNode>();
    for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      events.add(JSON.readTree(line));
    }
    return events;
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
