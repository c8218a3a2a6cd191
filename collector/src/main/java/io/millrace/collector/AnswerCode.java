package io.millrace.collector;

import io.millrace.collector.event.RefusalKind;
import java.util.Locale;

/**
 * What a request as a whole came to, and the HTTP status that says so. All but the last two are the
 * client's doing, and sending the same again will not help; after those it will.
 */
enum AnswerCode {
  /** At least one event was accepted. */
  ACCEPTED(202),
  MALFORMED(400),
  INVALID(400),
  UNAUTHORIZED(401),
  TOO_LARGE(413),
  /** A Content-Type or Content-Encoding that is not read here. */
  UNSUPPORTED(415),
  /** More than this address or key may send; with Retry-After. */
  RATE_LIMITED(429),
  /** The log, or the memory on the way to it; with Retry-After. */
  UNAVAILABLE(503);

  private final int status;

  AnswerCode(int status) {
    this.status = status;
  }

  /** The HTTP status. */
  int status() {
    return status;
  }

  /** Whether the same may be sent again later. */
  boolean isForLater() {
    return this == RATE_LIMITED || this == UNAVAILABLE;
  }

  /** The code in the answer's body, in lower case. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The code of a request whose refused events were all refused for reasons of one kind. */
  static AnswerCode of(RefusalKind kind) {
    return switch (kind) {
      case MALFORMED -> MALFORMED;
      case INVALID, TIME, FORBIDDEN -> INVALID;
      case UNAUTHORIZED -> UNAUTHORIZED;
      case TOO_LARGE -> TOO_LARGE;
    };
  }
}
