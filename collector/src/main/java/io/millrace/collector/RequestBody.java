package io.millrace.collector;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
  private static final byte[] NOTHING = {};

  private final CollectorConfig config;
  private final ReadDeadlines deadlines;

  /** What came of reading a body. */
  sealed interface Reading {
    record Complete(byte[] bytes) implements Reading {}

    record Refused(Receipt.TurnedAway receipt) implements Reading {}
  }

  private interface Reader {
    Reading read(InputStream body) throws IOException;
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
      default -> {
        discard(request);
        yield refused(AnswerCode.UNSUPPORTED, "the only Content-Encoding read here is gzip");
      }
    };
  }

  /** Reads what will not be used, so that the client can read why. */
  void discard(ServerRequest request) {
    receive(
        request,
        body -> {
          body.transferTo(OutputStream.nullOutputStream());
          return new Reading.Complete(NOTHING);
        });
  }

  private Reading receive(ServerRequest request, ByteBudget.Share share) {
    long expected = request.headers().contentLength().orElse(0);
    return receive(
        request,
        body -> {
          Reading reading =
              expected > config.maxRequestBytes() ? tooLarge() : take(body, expected, share);
          if (reading instanceof Reading.Refused) {
            body.transferTo(OutputStream.nullOutputStream());
          }
          return reading;
        });
  }

  private Reading receive(ServerRequest request, Reader reader) {
    if (!request.content().hasEntity()) {
      return new Reading.Complete(NOTHING);
    }
    deadlines.begin(config.bodyTimeout());
    try {
      return reader.read(request.content().inputStream());
    } catch (IOException
        | UncheckedIOException
        | DataReader.InsufficientDataAvailableException broken) {
      throw new CloseConnectionException("The client did not send its body", broken);
    } catch (NumberFormatException malformed) {
      // What the server throws for the size of a chunk; where the next request begins is unknown.
      throw new BadRequestException("the body is not framed as HTTP demands", malformed);
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
      case NO_MEMORY -> new Reading.Refused(Receipt.TurnedAway.NO_ROOM);
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
