package io.millrace.server.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** One connection through a {@link LossyProxy}: a thread for each way. */
final class ProxiedConnection {

  private static final int CHUNK = 8_192;
  private static final int CONNECT_MILLISECONDS = 3_000;
  private static final int PIECES_A_SECOND = 20;

  private final LossyProxy proxy;
  private final Socket client;
  private final Socket service;

  /** A request has begun to come, and nothing of its answer. */
  private final AtomicBoolean isAsking = new AtomicBoolean();

  ProxiedConnection(LossyProxy proxy, Socket client, Socket service) {
    this.proxy = proxy;
    this.client = client;
    this.service = service;
  }

  void start(InetSocketAddress target) {
    Thread.ofVirtual()
        .start(
            () ->
                run(
                    () -> {
                      service.connect(target, CONNECT_MILLISECONDS);
                      Thread.ofVirtual().start(() -> run(this::passAnswers));
                      passRequests();
                    }));
  }

  void close() {
    closeQuietly(client);
    closeQuietly(service);
    proxy.forget(this);
  }

  /** A way that may end at any time. */
  private interface Way {
    void pass() throws IOException, InterruptedException;
  }

  private void run(Way way) {
    try {
      way.pass();
    } catch (IOException ended) {
      // One side has ended the connection, or this has.
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  private void passRequests() throws IOException, InterruptedException {
    InputStream from = client.getInputStream();
    OutputStream to = service.getOutputStream();
    byte[] chunk = new byte[CHUNK];
    int left = Integer.MAX_VALUE;
    for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
      if (!isAsking.getAndSet(true)) {
        left = allowance();
      }
      if (read > left) {
        to.write(chunk, 0, left);
        proxy.countCut();
        return;
      }
      left -= left == Integer.MAX_VALUE ? 0 : read;
      passRequest(to, chunk, read);
    }
    service.shutdownOutput();
    // The other way ends the connection.
    while (!service.isClosed()) {
      Thread.sleep(Duration.ofMillis(20));
    }
  }

  /** How much of the request that begins now is passed on. */
  private int allowance() {
    return proxy.behaviour() instanceof ProxyBehaviour.CutsRequests rule && proxy.isToCut(rule)
        ? rule.afterBytes()
        : Integer.MAX_VALUE;
  }

  private void passRequest(OutputStream to, byte[] chunk, int length)
      throws IOException, InterruptedException {
    if (!(proxy.behaviour() instanceof ProxyBehaviour.TricklesRequests rule)) {
      to.write(chunk, 0, length);
      return;
    }
    int piece = Math.max(1, rule.bytesPerSecond() / PIECES_A_SECOND);
    for (int at = 0; at < length; at += piece) {
      to.write(chunk, at, Math.min(piece, length - at));
      Thread.sleep(1_000L * piece / rule.bytesPerSecond());
    }
  }

  private void passAnswers() throws IOException, InterruptedException {
    InputStream from = service.getInputStream();
    OutputStream to = client.getOutputStream();
    byte[] chunk = new byte[CHUNK];
    for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
      if (isAsking.getAndSet(false) && !mayBegin(chunk, read)) {
        return;
      }
      to.write(chunk, 0, read);
    }
  }

  /** Whether the answer that begins with these bytes goes on to the client, now. */
  private boolean mayBegin(byte[] chunk, int length) throws InterruptedException {
    switch (proxy.behaviour()) {
      case ProxyBehaviour.LosesAnswers rule -> {
        return !proxy.isLost(rule, isSuccess(chunk, length));
      }
      case ProxyBehaviour.DelaysAnswers rule -> Thread.sleep(rule.delay());
      case ProxyBehaviour.Honest _,
          ProxyBehaviour.CutsRequests _,
          ProxyBehaviour.TricklesRequests _ -> {}
    }
    return true;
  }

  private static boolean isSuccess(byte[] chunk, int length) {
    String start = new String(chunk, 0, Math.min(length, 10), StandardCharsets.ISO_8859_1);
    return start.startsWith("HTTP/1.1 2");
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // It is closed then.
    }
  }
}
