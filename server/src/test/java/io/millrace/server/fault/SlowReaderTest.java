package io.millrace.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowReaderTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicLong written = new AtomicLong();
  private final CompletableFuture<Socket> accepted = new CompletableFuture<>();
  private ServerSocket listener;
  private InetSocketAddress server;

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    listener.setReceiveBufferSize(4_096);
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
    Thread.ofVirtual().start(this::stream);
  }

  @AfterEach
  void stop() throws IOException {
    listener.close();
  }

  @Test
  void letsTheSenderRunIntoAWallAndSeesThatItIsCutOff() throws Exception {
    try (SlowReader dead = SlowReader.open(server, SlowReader.get("/stream"), 0)) {
      await("the sender stands still").atMost(PATIENCE).until(this::standsStill);
      assertThat(dead.bytesRead()).isZero();
      assertThat(dead.endsWithin(Duration.ofMillis(300))).isFalse();

      accepted.get().close();

      assertThat(dead.endsWithin(PATIENCE)).isTrue();
    }
  }

  @Test
  void readsAtItsPace() {
    try (SlowReader slow = SlowReader.open(server, SlowReader.get("/stream"), 1_000)) {
      await("some of it").atMost(PATIENCE).until(() -> slow.bytesRead() > 500);
      assertThat(slow.isEnded()).isFalse();
      assertThat(slow.bytesRead()).isLessThan(100_000);
    }
  }

  private boolean standsStill() throws InterruptedException {
    long before = written.get();
    Thread.sleep(300);
    return before > 0 && written.get() == before;
  }

  private void stream() {
    try (Socket client = listener.accept()) {
      client.setSendBufferSize(4_096);
      accepted.complete(client);
      byte[] chunk = new byte[1_024];
      while (true) {
        client.getOutputStream().write(chunk);
        written.addAndGet(chunk.length);
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }
}
