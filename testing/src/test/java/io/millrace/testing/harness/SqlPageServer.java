package io.millrace.testing.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.query.DashboardService;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * The pages of the dashboard as they are served, with an interface for SQL whose answers are always
 * the same for the same statement: what the console does with them is to be seen, not what they
 * say.
 */
public final class SqlPageServer implements AutoCloseable {
  /** Gives a row and fails at once. */
  public static final String FAILS = "SELECT fails FROM clicks EMIT CHANGES";

  /** Gives two rows and breaks off; whoever comes back gets as many as he asks for. */
  public static final String BREAKS_OFF = "SELECT path FROM clicks EMIT CHANGES LIMIT 3";

  private static final String COLUMNS =
      "{\"columns\":[{\"name\":\"path\",\"type\":\"VARCHAR\"},{\"name\":\"events\",\"type\":\"BIGINT\"}]}\n";
  private static final String FAILED =
      "{\"event\":\"end\",\"reason\":\"failed\",\"message\":\"the cells have moved\"}\n";
  private static final String END = "{\"truncated\":true,\"elapsed_ms\":4}\n";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> maxRows = new CopyOnWriteArrayList<>();
  private final CountDownLatch left = new CountDownLatch(1);
  private final WebServer server;

  public SqlPageServer() {
    server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .shutdownHook(false)
            .routing(
                routes ->
                    routes.post("/api/v1/sql", this::sql).register("/", new DashboardService()))
            .build()
            .start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** The statements that came. */
  public List<String> asked() {
    return asked;
  }

  /** Opens when the reader of the statement {@code SELECT endless} has gone. */
  public CountDownLatch left() {
    return left;
  }

  /** What those who asked for {@link #BREAKS_OFF} wanted at most; empty for all. */
  public List<String> maxRows() {
    return maxRows;
  }

  private void sql(ServerRequest request, ServerResponse response) {
    JsonNode body = bodyOf(request);
    String sql = body.path("sql").asText();
    asked.add(sql);
    if (sql.equals(FAILS)) {
      stream(response, "{\"event\":\"rows\",\"id\":\"1\",\"rows\":[[\"/1\"]]}\n" + FAILED);
    } else if (sql.equals(BREAKS_OFF)) {
      maxRows.add(body.path("max_rows").asText());
      stream(response, part(body));
    } else if (sql.contains("EMIT CHANGES")) {
      changes(response);
    } else if (sql.contains("endless")) {
      endless(response);
    } else if (sql.contains("pth")) {
      response
          .status(Status.BAD_REQUEST_400)
          .send(
              "{\"error\":{\"code\":\"invalid_sql\",\"message\":\"there is no column <b>pth</b>\","
                  + "\"line\":2,\"column\":3}}");
    } else if (sql.startsWith("DROP")) {
      response.send("{\"message\":\"view mine was dropped\"}");
    } else if (sql.contains("half")) {
      response.send(COLUMNS + "[\"/\",1]\n");
    } else {
      response.send(
          COLUMNS
              + "[\"/<img src=x onerror=window.hacked=1>\",9007199254740993]\n[\"\",null]\n"
              + "[\"{}\",7.50]\n"
              + END);
    }
  }

  private static String part(JsonNode body) {
    return body.path("after").asText().isEmpty()
        ? """
          {"event":"rows","id":"2","rows":[["/1"],["/2"]]}
          """
        : """
          {"event":"rows","id":"3","rows":[["/3"]]}
          {"event":"end","reason":"limit"}
          """;
  }

  private static void stream(ServerResponse response, String events) {
    response.header(HeaderNames.CONTENT_TYPE, "application/x-ndjson");
    response.send(
        "{\"event\":\"columns\",\"columns\":[{\"name\":\"path\",\"type\":\"VARCHAR\"}],\"keyed\":false}\n"
            + events);
  }

  private static JsonNode bodyOf(ServerRequest request) {
    try {
      return new ObjectMapper().readTree(request.content().as(String.class));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** All rows, some changes, and then nothing until nobody reads. */
  private void changes(ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, "application/x-ndjson");
    try (OutputStream out = response.outputStream()) {
      out.write(
          """
          {"event":"columns","columns":[{"name":"path","type":"VARCHAR","key":true},{"name":"n","type":"BIGINT"}],"keyed":true}
          {"event":"snapshot","id":"a-1","rows":[["/a",1],["/b",1],["/c",1]]}
          {"event":"rows","id":"a-2","rows":[["/a",2],["<b>",1]],"gone":[["/b",1]]}
          """
              .getBytes(StandardCharsets.UTF_8));
      while (server.isRunning()) {
        out.write("{\"event\":\"waiting\",\"id\":\"a-2\"}\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        Thread.sleep(20);
      }
    } catch (IOException | RuntimeException gone) {
      left.countDown();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void endless(ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, "application/x-ndjson");
    try (OutputStream out = response.outputStream()) {
      out.write(COLUMNS.getBytes(StandardCharsets.UTF_8));
      while (server.isRunning()) {
        out.write("[\"/more\",1]\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        Thread.sleep(5);
      }
    } catch (IOException | RuntimeException gone) {
      left.countDown();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
