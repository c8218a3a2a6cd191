package io.millrace.bench;

import io.millrace.server.report.Audit;
import io.millrace.server.report.Reply;
import io.millrace.server.report.ViewClient;
import io.millrace.server.report.ViewRow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A {@code millrace demo} that runs as a process of its own, with its broker as another. For one
 * thread.
 */
final class Demo implements AutoCloseable {
  /** The site of the demo, and the public key of its sample page. */
  static final String SITE = "demo";

  static final String KEY = "demo";

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

  private final Process process;
  private final TemporaryFolder folder;
  private final URI url;
  private final long startNanos;
  private final ViewClient views;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Demo(Process process, TemporaryFolder folder, URI url, long startNanos) {
    this.process = process;
    this.folder = folder;
    this.url = url;
    this.startNanos = startNanos;
    this.views = new ViewClient(url);
  }

  /**
   * Executes the command, and does not wait for anything.
   *
   * @param folder for its data and its output
   * @param rate of simulated events a second
   */
  static Demo start(Program program, TemporaryFolder folder, int rate) throws IOException {
    int port = freePort();
    List<String> arguments =
        List.of(
            "demo",
            "--rate",
            Integer.toString(rate),
            "--port",
            Integer.toString(port),
            "--data",
            folder.data().toString());
    long startNanos = System.nanoTime();
    Process process = program.start(folder, arguments);
    return new Demo(process, folder, URI.create("http://127.0.0.1:" + port), startNanos);
  }

  /** A demo that has said that it runs: its site and its key are there too. */
  static Demo startAndAwait(Program program, TemporaryFolder folder, int rate)
      throws IOException, InterruptedException {
    Demo demo = start(program, folder, rate);
    try {
      demo.await("word that it runs", Duration.ofMillis(200), demo::hasGreeted);
      return demo;
    } catch (RuntimeException | InterruptedException failure) {
      demo.close();
      throw failure;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Something that may be so or not, which takes asking the demo. */
  @FunctionalInterface
  interface Condition {
    boolean isMet() throws InterruptedException;
  }

  /**
   * Waits until something is so.
   *
   * @return the time from the execution of the command until it was known to be so
   */
  Duration await(String what, Duration interval, Condition condition) throws InterruptedException {
    return await(what, interval, LONGEST_WAIT, condition);
  }

  /** The same, for as long as the patience lasts. */
  Duration await(String what, Duration interval, Duration patience, Condition condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.isMet()) {
      if (!process.isAlive()) {
        throw new BenchmarkException("the demo ended early. Its last words:\n" + lastWords());
      }
      if (System.nanoTime() - deadline > 0) {
        throw new BenchmarkException("no " + what + " within " + patience.toSeconds() + " s");
      }
      Thread.sleep(interval);
    }
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  URI url() {
    return url;
  }

  /** Whether the dashboard answers with 200. */
  boolean answers() throws InterruptedException {
    return get("/").isPresent();
  }

  /** Whether every task works, with its stores restored. */
  boolean isReady() throws InterruptedException {
    return get("/health/ready").isPresent();
  }

  /** A metric without labels. */
  double metric(String name) throws InterruptedException {
    return get("/metrics")
        .flatMap(
            text ->
                text.lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> Double.parseDouble(line.substring(name.length())))
                    .findFirst())
        .orElseThrow(() -> new BenchmarkException("there is no metric " + name));
  }

  /** What is answered with 200; nothing while there is no such answer. */
  private Optional<String> get(String path) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofSeconds(10)).build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
    } catch (IOException notYet) {
      return Optional.empty();
    }
  }

  /** How many events the first chart of the dashboard shows; 0 while it cannot be asked. */
  long chartEvents() throws InterruptedException {
    return switch (views.rows("traffic", Map.of("site", SITE, "grain", "minute"))) {
      case Reply.Answered<List<ViewRow>>(List<ViewRow> rows) ->
          rows.stream().mapToLong(row -> row.number("events")).sum();
      case Reply.Unanswered<List<ViewRow>> _ -> 0;
    };
  }

  /** The books; asked again while they cannot be had. */
  Audit audit() throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      switch (views.audit()) {
        case Reply.Answered<Audit>(Audit audit) -> {
          return audit;
        }
        case Reply.Unanswered<Audit>(String reason) -> {
          if (System.nanoTime() - deadline > 0) {
            throw new BenchmarkException("the books cannot be had: " + reason);
          }
          Thread.sleep(500);
        }
      }
    }
  }

  /** Waits until every accepted event has its outcome; there must be no traffic. */
  Audit awaitCounted() throws InterruptedException {
    return awaitCounted(LONGEST_WAIT);
  }

  Audit awaitCounted(Duration patience) throws InterruptedException {
    await("end of the counting", Duration.ofMillis(250), patience, () -> audit().pending() == 0);
    Audit audit = audit();
    if (!audit.balanced()) {
      throw new BenchmarkException("the books do not balance: " + audit);
    }
    return audit;
  }

  DemoUsage usage() throws IOException {
    return new DemoUsage(Usage.of(process.toHandle()), Usage.of(broker()));
  }

  /** The process that serves and counts. */
  ProcessHandle application() {
    return process.toHandle();
  }

  /** CPU time of both processes so far. */
  Duration cpu() {
    return Usage.cpuOf(process.toHandle()).plus(Usage.cpuOf(broker()));
  }

  private ProcessHandle broker() {
    List<ProcessHandle> children = process.children().toList();
    if (children.size() != 1) {
      throw new BenchmarkException(
          "expected the broker as the one child of the demo, found " + children.size());
    }
    return children.getFirst();
  }

  private boolean hasGreeted() {
    return folder.output().contains("Millrace runs");
  }

  private String lastWords() {
    String output = folder.output();
    return output.substring(Math.max(0, output.length() - 2_000));
  }

  /** Stops it as Ctrl-C does, and waits until it is gone. */
  @Override
  public void close() {
    views.close();
    client.shutdownNow();
    process.destroy();
    try {
      if (!process.waitFor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
