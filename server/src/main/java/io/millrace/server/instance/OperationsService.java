package io.millrace.server.instance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.ops.Audit;
import io.millrace.ops.AuditReport;
import io.millrace.ops.OperationsException;
import io.millrace.query.SecurityHeaders;
import io.millrace.query.access.Access;
import io.millrace.query.access.Right;
import io.millrace.query.error.QueryException;
import io.millrace.server.security.Guard;
import io.millrace.views.CellsUnavailableException;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
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
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";

  private final Access access;
  private final Optional<AuditRun> audit;
  private final Supplier<Optional<String>> obstacle;
  private final PrometheusRegistry metrics;

  /** An audit asks the cluster several things; two at once are enough for people. */
  private final Semaphore audits = new Semaphore(2);

  /** One audit. */
  interface AuditRun {
    AuditReport run(Duration patience) throws InterruptedException;
  }

  /**
   * What an operator may ask.
   *
   * @param access tells who asks
   * @param audit where all cells can be asked for
   * @param obstacle why the instance is not ready, as a clause; empty while it is
   */
  static OperationsService of(
      Access access,
      Optional<Audit> audit,
      Supplier<Optional<String>> obstacle,
      PrometheusRegistry metrics) {
    return new OperationsService(access, audit.map(whole -> whole::run), obstacle, metrics);
  }

  OperationsService(
      Access access,
      Optional<AuditRun> audit,
      Supplier<Optional<String>> obstacle,
      PrometheusRegistry metrics) {
    this.access = access;
    this.audit = audit;
    this.obstacle = obstacle;
    this.metrics = metrics;
  }

  @Override
  public void routing(HttpRules rules) {
    serve(rules, "/health/live", (request, response) -> send(request, response, TEXT, "live\n"));
    serve(rules, "/health/ready", this::ready);
    serve(rules, "/metrics", guarded(this::metrics));
    audit.ifPresent(
        run ->
            serve(
                rules,
                "/api/v1/audit",
                guarded((request, response) -> audit(run, request, response))));
  }

  private Handler guarded(Handler handler) {
    return Guard.of(access, Right.OPERATE, handler);
  }

  private static void serve(HttpRules rules, String path, Handler handler) {
    rules.get(path, handler).head(path, handler).any(path, OperationsService::refuseMethod);
  }

  private static void refuseMethod(ServerRequest request, ServerResponse response) {
    response.status(Status.METHOD_NOT_ALLOWED_405).header(HeaderNames.ALLOW, "GET, HEAD");
    sendError(request, response, "method_not_allowed", "only GET is allowed here");
  }

  private void ready(ServerRequest request, ServerResponse response) {
    Optional<String> reason = obstacle.get();
    if (reason.isPresent()) {
      response
          .status(Status.SERVICE_UNAVAILABLE_503)
          .header(HeaderNames.RETRY_AFTER, RETRY_SECONDS);
      String told = mayOperate(request) ? "not ready: " + reason.get() : "not ready";
      send(request, response, TEXT, told + "\n");
    } else {
      send(request, response, TEXT, "ready\n");
    }
  }

  /** Why it is not ready is for those who can do something about it. */
  private boolean mayOperate(ServerRequest request) {
    try {
      return access.callerOf(request).may(Right.OPERATE);
    } catch (QueryException stranger) {
      return false;
    }
  }

  private void metrics(ServerRequest request, ServerResponse response) throws IOException {
    var text = new ByteArrayOutputStream(16 << 10);
    PrometheusTextFormatWriter.create().write(text, metrics.scrape());
    send(request, response, PrometheusTextFormatWriter.CONTENT_TYPE, text.toByteArray());
  }

  private void audit(AuditRun run, ServerRequest request, ServerResponse response) {
    if (!audits.tryAcquire()) {
      unavailable(request, response, "other audits are running");
      return;
    }
    try {
      send(request, response, JSON, AuditJson.of(run.run(AUDIT_PATIENCE)).toString());
    } catch (OperationsException | CellsUnavailableException failure) {
      log.atInfo().setCause(failure).log("An audit could not be made");
      unavailable(request, response, "the cluster or the cells do not answer just now");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      unavailable(request, response, "the instance is stopping");
    } finally {
      audits.release();
    }
  }

  private static void unavailable(ServerRequest request, ServerResponse response, String reason) {
    response.status(Status.SERVICE_UNAVAILABLE_503).header(HeaderNames.RETRY_AFTER, RETRY_SECONDS);
    sendError(request, response, "unavailable", reason);
  }

  private static void sendError(
      ServerRequest request, ServerResponse response, String code, String message) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putObject("error").put("code", code).put("message", message);
    send(request, response, JSON, answer.toString());
  }

  private static void send(
      ServerRequest request, ServerResponse response, String type, String text) {
    send(request, response, type, text.getBytes(StandardCharsets.UTF_8));
  }

  /** To HEAD only the length, which the server does not see to by itself. */
  private static void send(
      ServerRequest request, ServerResponse response, String type, byte[] body) {
    SecurityHeaders.addTo(response);
    response.header(HeaderNames.CONTENT_TYPE, type).header(HeaderNames.CACHE_CONTROL, "no-store");
    if (request.prologue().method().equals(Method.HEAD)) {
      response.contentLength(body.length);
      response.send();
    } else {
      response.send(body);
    }
  }
}
