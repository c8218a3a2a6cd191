package io.millrace.collector;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Reads a request's body whole and, where it is compressed, inflates it: both only up to the limit,
 * checked while it grows. A client too slow to send it within the time is cut off. Safe for any
 * number of threads.
 */
final class RequestBody {
  private static final int INFLATION_GUESS = 4;

  private final CollectorConfig config;
  private final ReadDeadlines deadlines;

  /** What came of reading a body. */
  sealed interface Reading {
    record Complete(byte[] bytes) implements Reading {}

    record Refused(Receipt.TurnedAway receipt) implements Reading {}
  }

  RequestBody(CollectorConfig config, ReadDeadlines deadlines) {
    this.config = config;
    this.deadlines = deadlines;
  }

  Reading read(ServerRequest request, ByteBudget.Share share) {
    String encoding =
        request.headers().first(HeaderNames.CONTENT_ENCODING).orElse("identity").strip();
    return switch (encoding.toLowerCase(Locale.ROOT)) {
      case "identity", "" -> receive(request, share);
      case "gzip", "x-gzip" ->
          switch (receive(request, share)) {
            case Reading.Complete(byte[] compressed) -> inflate(compressed, share);
            case Reading.Refused refused -> refused;
          };
      default -> refused(AnswerCode.UNSUPPORTED, "the only Content-Encoding read here is gzip");
    };
  }

  private Reading receive(ServerRequest request, ByteBudget.Share share) {
    long expected = request.headers().contentLength().orElse(0);
    if (expected > config.maxRequestBytes()) {
      return tooLarge();
    }
    if (!request.content().hasEntity()) {
      return new Reading.Complete(new byte[0]);
    }
    deadlines.begin(config.bodyTimeout());
    try (InputStream body = request.content().inputStream()) {
      return take(body, expected, share);
    } catch (IOException | UncheckedIOException broken) {
      throw new CloseConnectionException("The client did not send its body", broken);
    } finally {
      deadlines.end();
    }
  }

  private Reading inflate(byte[] compressed, ByteBudget.Share share) {
    try (var body = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return take(body, (long) INFLATION_GUESS * compressed.length, share);
    } catch (IOException broken) {
      return refused(AnswerCode.MALFORMED, "the body is not whole gzip");
    }
  }

  private Reading take(InputStream body, long expected, ByteBudget.Share share) throws IOException {
    var bytes = new BoundedBytes(config.maxRequestBytes(), share);
    return switch (bytes.fill(body, expected)) {
      case COMPLETE -> new Reading.Complete(bytes.toBytes());
      case TOO_LONG -> tooLarge();
      case NO_MEMORY -> refused(AnswerCode.UNAVAILABLE, "too many requests are waiting");
    };
  }

  private Reading tooLarge() {
    return refused(
        AnswerCode.TOO_LARGE, "a request has at most " + config.maxRequestBytes() + " bytes");
  }

  private static Reading refused(AnswerCode code, String message) {
    return new Reading.Refused(new Receipt.TurnedAway(code, message));
  }
}
