package io.millrace.server.drill.load;

import io.millrace.server.sender.OutgoingEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** One request at a time to a collector, and what came of it. Safe for any number of threads. */
final class DrillClient implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  private final LoadConfig config;
  private final Ledger ledger;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  DrillClient(LoadConfig config, Ledger ledger) {
    this.config = config;
    this.ledger = ledger;
  }

  /** Posts events; the ledger is told of them before they go and of the answer when it comes. */
  Response post(URI collector, List<PlannedEvent> events) throws InterruptedException {
    ledger.sent(events);
    long begun = System.nanoTime();
    Answer answer = exchange(collector, events);
    ledger.answered(answer, Duration.ofNanos(System.nanoTime() - begun));
    if (answer.response() == Response.ACKNOWLEDGED) {
      ledger.acknowledged(events, System.currentTimeMillis());
    }
    return answer.response();
  }

  private Answer exchange(URI collector, List<PlannedEvent> events) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(collector.resolve("/v1/events"))
            .timeout(config.answerTimeout())
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body(events)))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return Answer.of(
          answer.statusCode(),
          answer.headers().firstValue("Retry-After").isPresent(),
          withoutKeys(answer.body()));
    } catch (HttpTimeoutException tooLate) {
      return Answer.of(Response.TOO_LATE);
    } catch (IOException noAnswer) {
      return Answer.of(Response.NONE);
    }
  }

  /** An answer may repeat what it was sent, and reports are shown around. */
  private String withoutKeys(String text) {
    String without = text;
    for (String key : config.keys().values()) {
      without = without.replace(key, "(key)");
    }
    return without;
  }

  private byte[] body(List<PlannedEvent> events) {
    var bytes = new ByteArrayOutputStream();
    for (PlannedEvent event : events) {
      String key =
          Objects.requireNonNull(config.keys().get(event.site()), "a key for " + event.site());
      OutgoingEvent json = event.json(key, System.currentTimeMillis());
      bytes.writeBytes(json.json());
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
