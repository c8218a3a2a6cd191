package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowConnectionsTest {

  @Test
  void oneThatIsCutIsFollowedByAnother() throws IOException {
    try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      SlowConnections connections =
          SlowConnections.open(address(server), List.of(SlowClient.SILENT), 1);
      try (connections) {
        server.accept().close();
        try (Socket second = server.accept()) {
          assertThat(second.isConnected()).isTrue();
        }
        server.accept().close();
      }

      SlowConnections.Cuts cuts = connections.cuts().getFirst();
      assertThat(cuts.cut()).isGreaterThanOrEqualTo(2);
      assertThat(cuts.opened()).isGreaterThanOrEqualTo(3);
      assertThat(cuts.longest()).isPositive();
    }
  }

  @Test
  void oneThatIsNotCutIsTheOldest() throws IOException {
    try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      SlowConnections connections =
          SlowConnections.open(address(server), List.of(SlowClient.HEADER), 1);
      try (connections;
          Socket accepted = server.accept()) {
        // A second byte of its own comes after a second.
        byte[] opening = SlowClient.HEADER.opening(address(server));
        byte[] read = accepted.getInputStream().readNBytes(opening.length + 1);
        assertThat(new String(read, StandardCharsets.US_ASCII)).endsWith("X-Slow: a");
        connections.close();
      }

      SlowConnections.Cuts cuts = connections.cuts().getFirst();
      assertThat(cuts.cut()).isZero();
      assertThat(cuts.oldest()).isGreaterThan(Duration.ofMillis(900));
      assertThat(cuts.longest()).isEqualTo(cuts.oldest());
    }
  }

  private static URI address(ServerSocket server) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }
}
