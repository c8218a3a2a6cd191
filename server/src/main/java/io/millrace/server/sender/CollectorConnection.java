package io.millrace.server.sender;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;

/**
 * One try of one request over HTTP/1.1. Knows nothing of trying again.
 *
 * <p>For one thread at a time.
 */
final class CollectorConnection implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final SenderConfig config;
  private final HttpClient client;
  private final AnswerReader answers = new AnswerReader();

  CollectorConnection(SenderConfig config, Optional<SSLContext> trust) {
    this.config = config;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT);
    trust.ifPresent(builder::sslContext);
    client = builder.build();
  }

  Answer send(List<OutgoingEvent> events) throws InterruptedException {
    try {
      HttpResponse<String> response =
          client.send(request(body(events)), HttpResponse.BodyHandlers.ofString());
      return answers.read(
          response.statusCode(),
          response.body(),
          response.headers().firstValue("Retry-After"),
          events.size());
    } catch (IOException noAnswer) {
      return new Answer.Later(
          "no answer from " + config.collector() + " (" + cause(noAnswer) + ")", Duration.ZERO);
    }
  }

  private HttpRequest request(byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(config.collector().resolve(config.eventsPath()))
            .timeout(config.answerTimeout())
            .header("Authorization", "Bearer " + config.key())
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (config.gzip()) {
      request.header("Content-Encoding", "gzip");
    }
    return request.build();
  }

  private byte[] body(List<OutgoingEvent> events) {
    var bytes = new ByteArrayOutputStream(config.maxBytes());
    try (OutputStream out = config.gzip() ? new GZIPOutputStream(bytes) : bytes) {
      for (OutgoingEvent event : events) {
        out.write(event.json());
        out.write('\n');
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory cannot fail to be written", impossible);
    }
    return bytes.toByteArray();
  }

  private static String cause(IOException failure) {
    String message = failure.getMessage();
    String kind = failure.getClass().getSimpleName();
    return message == null ? kind : kind + ": " + message;
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
