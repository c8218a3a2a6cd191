package io.millrace.server.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class HttpServerTest {
  private static final String HOST = "127.0.0.1";

  @Test
  void servesOnAFreePort() {
    HttpServer.requireFree(HOST, 0);

    HttpServer server = HttpServer.start(HOST, 0, routing -> {});

    assertThat(server.port()).isPositive();
    server.close();
  }

  @Test
  void saysThatAPortIsTakenAndWhatToDo() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();

      assertTaken(port, () -> HttpServer.requireFree(HOST, port));
      assertTaken(port, () -> HttpServer.start(HOST, port, routing -> {}).close());
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
