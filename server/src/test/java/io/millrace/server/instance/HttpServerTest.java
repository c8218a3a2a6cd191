package io.millrace.server.instance;

import static io.millrace.collector.sender.TrustedProxies.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import io.millrace.server.config.HttpConfig;
import io.millrace.server.security.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class HttpServerTest {
  private static final String HOST = "127.0.0.1";
  private static final Transport PLAIN = new Transport.Plain();

  @Test
  void servesOnAFreePort() {
    HttpServer.requireFree(HttpConfig.DEFAULT.withPort(0));

    HttpServer server =
        HttpServer.start(HttpConfig.DEFAULT.withPort(0), PLAIN, NONE, routing -> {});

    assertThat(server.port()).isPositive();
    server.close();
  }

  @Test
  void saysThatAPortIsTakenAndWhatToDo() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();

      assertTaken(port, () -> HttpServer.requireFree(HttpConfig.DEFAULT.withPort(port)));
      assertTaken(
          port,
          () ->
              HttpServer.start(HttpConfig.DEFAULT.withPort(port), PLAIN, NONE, routing -> {})
                  .close());
    }
  }

  @Test
  void answersWhatIsInFlightWhenItStopsAndTakesNothingNew() throws Exception {
    // Given
    var arrived = new CountDownLatch(1);
    var mayAnswer = new CountDownLatch(1);
    HttpServer server =
        HttpServer.start(
            HttpConfig.DEFAULT.withPort(0),
            PLAIN,
            NONE,
            routing ->
                routing.get(
                    "/slow",
                    (request, response) -> {
                      arrived.countDown();
                      mayAnswer.await();
                      response.send("answered");
                    }));
    URI slow = URI.create("http://" + HOST + ":" + server.port() + "/slow");
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer =
          client.sendAsync(
              HttpRequest.newBuilder(slow).build(), HttpResponse.BodyHandlers.ofString());
      arrived.await();

      // When
      Thread stop = Thread.ofVirtual().start(server::close);
      await("it takes nothing new").until(() -> isRefused(slow));
      mayAnswer.countDown();

      // Then
      assertThat(answer.get(1, TimeUnit.MINUTES).body()).isEqualTo("answered");
      stop.join();
    }
  }

  private static boolean isRefused(URI address) {
    try (var connection = new Socket(InetAddress.ofLiteral(HOST), address.getPort())) {
      return !connection.isConnected();
    } catch (IOException refused) {
      return true;
    }
  }

  private static void assertTaken(int port, ThrowingCallable attempt) {
    assertThatThrownBy(attempt)
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("Port " + port + " is in use")
        .hasMessageContaining("--port")
        .extracting(problem -> ((ServerException) problem).error())
        .isEqualTo(ServerError.PORT_TAKEN);
  }
}
