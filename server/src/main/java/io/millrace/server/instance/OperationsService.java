package io.millrace.server.instance;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.ops.Audit;
import io.millrace.ops.OperationsException;
import io.millrace.views.CellsUnavailableException;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator asks of a running instance: its health, its metrics and its books. Safe for any
 * number of threads.
 */
final class OperationsService implements HttpService {
  private static final Logger log = LoggerFactory.getLogger(OperationsService.class);
  private static final Duration AUDIT_PATIENCE = Duration.ofSeconds(12);
  private static final String RETRY_SECONDS = "2";

  private final Audit audit;
  private final BooleanSupplier ready;
  private final PrometheusRegistry metrics;

  /** An audit asks the cluster several things; two at once are enough for people. */
  private final Semaphore audits = new Semaphore(2);

  OperationsService(Audit audit, BooleanSupplier ready, PrometheusRegistry metrics) {
    this.audit = audit;
    this.ready = ready;
    this.metrics = metrics;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/health/live", (request, response) -> response.send("live\n"))
        .get("/health/ready", this::ready)
        .get("/metrics", this::metrics)
        .get("/api/v1/audit", this::audit);
  }

  private void ready(ServerRequest request, ServerResponse response) {
    if (ready.getAsBoolean()) {
      response.send("ready\n");
    } else {
      response
          .status(Status.SERVICE_UNAVAILABLE_503)
          .header(HeaderNames.RETRY_AFTER, RETRY_SECONDS)
          .send("not ready: the processing has not started or is moving\n");
    }
  }

  private void metrics(ServerRequest request, ServerResponse response) throws IOException {
    var text = new ByteArrayOutputStream(16 << 10);
    PrometheusTextFormatWriter.create().write(text, metrics.scrape());
    response
        .header(HeaderNames.CONTENT_TYPE, PrometheusTextFormatWriter.CONTENT_TYPE)
        .send(text.toByteArray());
  }

  private void audit(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    if (!audits.tryAcquire()) {
      unavailable(response, "other audits are running");
      return;
    }
    try {
      response
          .header(HeaderNames.CONTENT_TYPE, "application/json")
          .send(AuditJson.of(audit.run(AUDIT_PATIENCE)).toString());
    } catch (OperationsException | CellsUnavailableException failure) {
      log.atInfo().setCause(failure).log("An audit could not be made");
      unavailable(response, "the cluster or the cells do not answer just now");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      unavailable(response, "the instance is stopping");
    } finally {
      audits.release();
    }
  }

  private static void unavailable(ServerResponse response, String reason) {
    response
        .status(Status.SERVICE_UNAVAILABLE_503)
        .header(HeaderNames.RETRY_AFTER, RETRY_SECONDS)
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .send("{\"error\":{\"code\":\"unavailable\",\"message\":\"" + reason + "\"}}");
  }
}
