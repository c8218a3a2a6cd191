package io.millrace.server.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP server that speaks as the interface for SQL does, with answers that are always the same
 * for the same statement.
 */
final class FakeSqlServer implements AutoCloseable {
  static final String PATHS = "SELECT path, events FROM pages";
  static final String HOSTILE = "SELECT hostile";
  static final String WRONG = "SELECT 1,\n  pth FROM pages";
  static final String DONE = "DROP VIEW mine";
  static final String MANY = "SELECT many";

  /** The answer ends without saying so. */
  static final String BREAKS_OFF = "SELECT half";

  /** The connection ends before the answer does. */
  static final String IS_CUT = "SELECT cut";

  static final String FAILS_LATE = "SELECT late";

  /** Gives a row every few milliseconds until nobody listens. */
  static final String ENDLESS = "SELECT endless";

  /** Gives a row and breaks off; whoever comes back gets the next, and the end. */
  static final String FOLLOWED = "SELECT path FROM clicks EMIT CHANGES LIMIT 2";

  /** Gives a row and breaks off; whoever comes back is refused. */
  static final String NOT_KEPT = "SELECT path FROM clicks WHERE country = 'DE' EMIT CHANGES";

  /** Never answers. */
  static final String SILENT = "SELECT silent";

  private static final String COLUMNS =
      "{\"columns\":[{\"name\":\"path\",\"type\":\"VARCHAR\"},{\"name\":\"events\",\"type\":\"BIGINT\"}]}\n";
  private static final String VIEWS =
      """
      {"views":[
       {"name":"pages","per_site":true,"dimensions":["path"],"grains":["total","minute","day"],
        "aggregates":[{"name":"events","kind":"count"},{"name":"visitors","kind":"distinct","error":0.01625}]},
       {"name":"books","per_site":false,"dimensions":["partition"],"grains":["total"],
        "aggregates":[{"name":"events","kind":"count"}]}]}
      """;

  /** A statement as it came. */
  record Asked(String sql, String maxRows, String accept) {}

  final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** The client of the endless answer has gone. */
  final CountDownLatch left = new CountDownLatch(1);

  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  FakeSqlServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/api/v1/sql", this::sql);
    server.createContext(
        "/api/v1/views", exchange -> send(exchange, 200, "application/json", VIEWS));
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<String> statements() {
    return asked.stream().map(Asked::sql).toList();
  }

  private void sql(HttpExchange exchange) throws IOException {
    JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
    String accept = exchange.getRequestHeaders().getFirst("Accept");
    String sql = body.path("sql").asText();
    asked.add(new Asked(sql, body.path("max_rows").asText(), accept));
    switch (sql) {
      case PATHS -> send(exchange, 200, accept, paths(accept));
      case HOSTILE ->
          rows(exchange, accept, "[\"\\u001b[2J\\u202e\",1]\n[null,{\"p50\":2}]\n" + end(false));
      case WRONG ->
          send(
              exchange,
              400,
              "application/json",
              "{\"error\":{\"code\":\"invalid_sql\",\"message\":\"there is no column pth; is it path?\","
                  + "\"line\":2,\"column\":3}}");
      case DONE ->
          send(exchange, 200, "application/json", "{\"message\":\"view mine was dropped\"}\n");
      case MANY ->
          rows(exchange, accept, "[\"/a\",1]\n".repeat(5_000) + "[\"/last\",123456]\n" + end(true));
      case BREAKS_OFF -> rows(exchange, accept, "[\"/a\",1]\n");
      case IS_CUT -> cut(exchange, accept);
      case FAILS_LATE ->
          rows(
              exchange, accept, "[\"/a\",1]\n{\"error\":{\"message\":\"the cells have moved\"}}\n");
      case ENDLESS -> endless(exchange);
      case SILENT -> await(closing);
      case FOLLOWED -> send(exchange, 200, accept, followed(body.path("after").asText()));
      case NOT_KEPT -> {
        if (body.path("after").asText().isEmpty()) {
          send(exchange, 200, accept, followed(""));
        } else {
          send(
              exchange,
              422,
              "application/json",
              "{\"error\":{\"code\":\"not_kept\",\"message\":\"these clicks are no longer kept\"}}");
        }
      }
      default -> send(exchange, 200, accept, COLUMNS + end(false));
    }
  }

  private static String paths(String accept) {
    return switch (accept) {
      case "text/csv" -> "path,events\r\n/,7\r\n/größe,12345\r\n";
      case "application/json" ->
          "{\"columns\":[],\"rows\":[[\"/\",7],[\"/größe\",12345]],\"truncated\":false,\"elapsed_ms\":4}";
      default -> COLUMNS + "[\"/\",7]\n[\"/größe\",12345]\n" + end(false);
    };
  }

  private static String followed(String after) {
    String columns =
        "{\"event\":\"columns\",\"id\":\"4.0\",\"columns\":[{\"name\":\"path\",\"type\":\"VARCHAR\"}],\"keyed\":false}\n";
    return columns
        + (after.equals("5.0")
            ? "{\"event\":\"rows\",\"id\":\"6.0\",\"rows\":[[\"/second\"]]}\n{\"event\":\"end\",\"reason\":\"limit\"}\n"
            : "{\"event\":\"rows\",\"id\":\"5.0\",\"rows\":[[\"/first\"]]}\n");
  }

  private static String end(boolean truncated) {
    return "{\"truncated\":" + truncated + ",\"elapsed_ms\":4}\n";
  }

  private static void rows(HttpExchange exchange, String accept, String rows) throws IOException {
    send(exchange, 200, accept, COLUMNS + rows);
  }

  private void endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(COLUMNS.getBytes(StandardCharsets.UTF_8));
      while (!closing.await(5, TimeUnit.MILLISECONDS)) {
        out.write("[\"/more\",1]\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (IOException gone) {
      left.countDown();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void cut(HttpExchange exchange, String accept) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", accept);
    exchange.sendResponseHeaders(200, 1_000);
    exchange.getResponseBody().write(COLUMNS.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    throw new IOException("as if the server had died");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
