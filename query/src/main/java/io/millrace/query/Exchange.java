package io.millrace.query;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.Supplier;

/** Turns what a route makes of a request into bytes on the wire, and every failure too. */
final class Exchange {

  private Exchange() {}

  /** Answers, and tells with which status. */
  static Status answer(ServerRequest request, ServerResponse response, Supplier<Answer> route) {
    Answer answer;
    try {
      answer = route.get();
    } catch (RuntimeException failure) {
      answer = ErrorAnswer.of(failure);
    }
    send(request, response, answer);
    return answer.status();
  }

  /** Answers without reading what was sent, so nothing else can come over this connection. */
  static void refuse(ServerRequest request, ServerResponse response, Answer refusal) {
    if (request.content().hasEntity()) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    send(request, response, refusal);
  }

  static void send(ServerRequest request, ServerResponse response, Answer answer) {
    response.status(answer.status());
    SecurityHeaders.addTo(response);
    answer.headers().forEach(response::header);
    if (answer.status().equals(Status.NOT_MODIFIED_304)) {
      response.send();
      return;
    }
    response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
    if (request.prologue().method().equals(Method.HEAD)) {
      response.contentLength(answer.body().length);
      response.send();
      return;
    }
    response.send(answer.body());
  }
}
