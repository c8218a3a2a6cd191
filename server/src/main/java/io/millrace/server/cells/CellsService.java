package io.millrace.server.cells;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.model.codec.Decoded;
import io.millrace.streams.OwnCells;
import io.millrace.views.CellsUnavailableException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers other instances that ask for the cells that are here. Who they are is asked before it is
 * reached. Safe for any number of threads.
 */
public final class CellsService implements HttpService {
  /** Where instances ask. */
  public static final String PATH = "/internal/cells";

  static final String TYPE = "application/vnd.millrace.cells";
  private static final Logger log = LoggerFactory.getLogger(CellsService.class);

  private final OwnCells own;
  private final CopyLags lags;
  private final CellsConfig config;
  private final Semaphore answers;

  CellsService(OwnCells own, CopyLags lags, CellsConfig config) {
    this.own = own;
    this.lags = lags;
    this.config = config;
    answers = new Semaphore(config.concurrentAnswers());
  }

  @Override
  public void routing(HttpRules rules) {
    rules.post(PATH, this::answer);
  }

  private void answer(ServerRequest request, ServerResponse response) {
    if (!answers.tryAcquire()) {
      refuse(response, Status.SERVICE_UNAVAILABLE_503, "too many are asking");
      return;
    }
    try {
      switch (CellRequest.parse(body(request))) {
        case Decoded.Malformed<CellRequest>(String reason) ->
            refuse(response, Status.BAD_REQUEST_400, reason);
        case Decoded.Value<CellRequest>(CellRequest asked) -> stream(asked, response);
      }
    } finally {
      answers.release();
    }
  }

  private static byte[] body(ServerRequest request) {
    try (InputStream content = request.content().inputStream()) {
      return content.readNBytes(CellRequest.MOST_BYTES);
    } catch (IOException broken) {
      throw new UncheckedIOException("the question did not arrive", broken);
    }
  }

  private void stream(CellRequest asked, ServerResponse response) {
    long deadline = System.nanoTime() + config.answerTimeout().toNanos();
    response.header(HeaderNames.CONTENT_TYPE, TYPE).header(HeaderNames.CACHE_CONTROL, "no-store");
    // Closed last: also to send the rest waits for whoever reads.
    try (var _ = new AnswerBound(config.answerTimeout());
        OutputStream out = new BufferedOutputStream(response.outputStream(), 16 << 10)) {
      new CellAnswer(own, lags::lag, deadline).write(asked, new FrameWriter(out));
    } catch (CellsUnavailableException late) {
      // What was sent has no end, and whoever asked sees that.
      log.atWarn().setCause(late).log("Another instance was not answered to the end");
    } catch (IOException | UncheckedIOException gone) {
      log.atDebug().setCause(gone).log("Another instance does not listen any longer");
    }
  }

  private static void refuse(ServerResponse response, Status status, String reason) {
    response
        .status(status)
        .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .send(reason + "\n");
  }
}
