package io.millrace.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Sends marked events and watches the view {@code campaigns} for them.
 *
 * <p>The mark is a campaign of its own. It is used again when its event has been seen, so that
 * there are few: then there is one event more than before. This view has few cells, so that
 * watching it takes little from the processing that is measured, which treats all views alike.
 *
 * <p>Each event is sent on a virtual thread of its own, so that a slow answer does not hold up the
 * next. One thread watches for all events that are on their way, with one query at a time: so the
 * queries have a bound, however many events are on their way, and an event is found at most one
 * pause and one query late.
 */
final class Prober implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final URI base;
  private final long firstMinute;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, Probe> onTheirWay = new ConcurrentHashMap<>();

  /** The last events of campaigns that can be used again. */
  private final Queue<Probe> free = new ConcurrentLinkedQueue<>();

  private final Thread watching = Thread.ofPlatform().name("watching").unstarted(this::watch);
  private final Queue<Duration> queries = new ConcurrentLinkedQueue<>();
  private final LongAdder unseen = new LongAdder();
  private final LongAdder unavailable = new LongAdder();
  private int sent;
  private volatile boolean closed;

  /** Why nobody watches any longer; empty while somebody does. */
  private volatile String failure = "";

  private Prober(URI base) {
    this.base = base;
    long now = System.currentTimeMillis();
    firstMinute = now - now % MINUTE.toMillis();
  }

  static Prober start(URI base) {
    var prober = new Prober(base);
    prober.watching.start();
    return prober;
  }

  /** Sends an event; does not wait. */
  Probe send() {
    int number = sent++;
    Probe seen = free.poll();
    Probe probe = seen == null ? Probe.of("probe-" + number, 1) : seen.next();
    onTheirWay.put(probe.campaign(), probe);
    if (!failure.isEmpty()) {
      throw new BenchmarkException("the view cannot be watched: " + failure);
    }
    Thread.ofVirtual().start(() -> post(probe, number));
    return probe;
  }

  private void post(Probe probe, int number) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/v1/events"))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + Demo.KEY)
            .header("Content-Type", "application/json")
            .header("User-Agent", SampleEvents.USER_AGENT)
            .POST(BodyPublishers.ofString(SampleEvents.marked(probe.campaign(), number)))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() == 202) {
        probe.accepted().complete(System.nanoTime());
      } else {
        fail(probe, answer.statusCode() + " " + answer.body());
      }
    } catch (IOException noAnswer) {
      fail(probe, noAnswer.toString());
    } catch (InterruptedException stopped) {
      fail(probe, "interrupted");
    }
  }

  private void fail(Probe probe, String reason) {
    onTheirWay.remove(probe.campaign(), probe);
    var why = new BenchmarkException("a marked event came to nothing: " + reason);
    probe.accepted().completeExceptionally(why);
    probe.visible().completeExceptionally(why);
  }

  private void watch() {
    try {
      while (!closed) {
        if (!onTheirWay.isEmpty()) {
          look();
        }
        Thread.sleep(PAUSE);
      }
    } catch (IOException | InterruptedException stopped) {
      if (!closed) {
        failure = stopped.toString();
        onTheirWay.values().forEach(probe -> fail(probe, failure));
      }
    }
  }

  private void look() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    HttpRequest request = HttpRequest.newBuilder(question()).timeout(TIMEOUT).build();
    HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
    long now = System.nanoTime();
    queries.add(Duration.ofNanos(now - begun));
    switch (answer.statusCode()) {
      case 200 -> find(JSON.readTree(answer.body()), now);
      // The view cannot be read just now, so nothing is visible.
      case 503 -> unavailable.increment();
      default ->
          throw new IOException(
              answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
    }
    giveUp(now);
  }

  private void find(JsonNode answer, long now) {
    for (JsonNode row : answer.path("rows")) {
      Probe probe = onTheirWay.get(row.path("utm_campaign").asText());
      if (probe != null
          && row.path("events").asLong() >= probe.expected()
          && onTheirWay.remove(probe.campaign(), probe)) {
        probe.visible().complete(now);
        free.add(probe);
      }
    }
  }

  private void giveUp(long now) {
    for (Probe probe : List.copyOf(onTheirWay.values())) {
      if (now - probe.sent() > TIMEOUT.toNanos() && onTheirWay.remove(probe.campaign(), probe)) {
        unseen.increment();
        probe.visible().complete(now);
      }
    }
  }

  /** From the minute in which the first event was sent; all later ones are in it. */
  private URI question() {
    String campaigns =
        onTheirWay.keySet().stream()
            .map(campaign -> "&utm_campaign=" + campaign)
            .collect(Collectors.joining());
    return base.resolve(
        "/api/v1/views/campaigns?site=" + Demo.SITE + "&from=" + firstMinute + campaigns);
  }

  /** Events that were not found within ten seconds; they count as found then. */
  long unseen() {
    return unseen.sum();
  }

  /** Queries that were answered with 503. */
  long unavailable() {
    return unavailable.sum();
  }

  /** How long each query took. */
  Sample queries() {
    return Sample.of(List.copyOf(queries));
  }

  @Override
  public void close() {
    closed = true;
    client.shutdownNow();
    watching.interrupt();
  }
}
