package io.millrace.server.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A {@link NetworkAgent} that runs on a host, and this test's line to it. */
final class AgentOnHost implements AutoCloseable {

  private final NetworkHost host;
  private final Process process;
  private final BufferedReader answers;

  private AgentOnHost(NetworkHost host, Process process) {
    this.host = host;
    this.process = process;
    answers = process.inputReader();
  }

  static AgentOnHost start(NetworkHost host) throws IOException {
    List<String> line = new ArrayList<>(host.enter());
    line.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            NetworkAgent.class.getName()));
    var agent =
        new AgentOnHost(
            host, new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    String first = agent.answers.readLine();
    if (!"ready".equals(first)) {
      throw new IllegalStateException("said: " + first);
    }
    return agent;
  }

  boolean reaches(AgentOnHost other) throws IOException {
    return Boolean.parseBoolean(ask("reach " + other.host.address()));
  }

  boolean isReachedByClients() {
    return NetworkAgent.reaches(host.address());
  }

  /** How many of so many packets arrived from another. */
  int heardOf(AgentOnHost other, int packets) throws IOException {
    ask("heard");
    other.ask("send " + host.address() + ' ' + packets);
    var heard = new AtomicInteger();
    await("a while in which none comes")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              int more = Integer.parseInt(ask("heard"));
              heard.addAndGet(more);
              return more == 0;
            });
    return heard.get();
  }

  /** Sends so many bytes from here and waits until all have come back. */
  void echo(int bytes) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host.address(), NetworkAgent.ECHO_PORT), 5_000);
      Thread.ofVirtual().start(() -> write(socket, bytes));
      int left = bytes;
      byte[] chunk = new byte[8_192];
      while (left > 0) {
        left -= socket.getInputStream().read(chunk);
      }
    }
  }

  private static void write(Socket socket, int bytes) {
    try {
      socket.getOutputStream().write(new byte[bytes]);
    } catch (IOException ended) {
      // The reader fails then.
    }
  }

  private synchronized String ask(String command) throws IOException {
    OutputStream input = process.getOutputStream();
    input.write((command + "\n").getBytes(UTF_8));
    input.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the agent has ended");
    }
    return answer;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
