package io.millrace.server.accesslog;

import java.time.Instant;

/** What a line of an access log says. */
public sealed interface LogLine {

  /**
   * A request as the web server wrote it down. A text that the log gives as {@code -} is empty.
   *
   * @param address an IP address, or a host name if the server resolves them: personal, so it is
   *     hashed or truncated before it goes anywhere
   * @param method such as {@code GET}; empty if the client sent something that is not HTTP
   * @param target what was asked for, exactly as in the log, only that bytes that cannot stand in a
   *     URL (spaces, controls, quotes, backslashes, beyond ASCII) are percent-encoded
   * @param protocol such as {@code HTTP/1.1}; empty if none was sent
   * @param bytes of the answer's body, 0 for {@code -}
   */
  record Request(
      String address,
      Instant time,
      String method,
      String target,
      String protocol,
      int status,
      long bytes,
      String referrer,
      String agent)
      implements LogLine {

    public Request {
      if (address.isEmpty()) {
        throw new IllegalArgumentException("address: a request comes from somewhere");
      }
      if (status < 100 || status > 999) {
        throw new IllegalArgumentException("status: " + status + " is not 100 to 999");
      }
      if (bytes < 0) {
        throw new IllegalArgumentException("bytes: " + bytes + " is negative");
      }
    }

    /** Without address, referrer and agent, which are personal. */
    @Override
    public String toString() {
      return "Request[" + time + ' ' + method + ' ' + target + ' ' + status + ']';
    }
  }

  /**
   * Not a line of this format.
   *
   * @param reason what is wrong with it, for a person; never repeats the line
   */
  record Malformed(String reason) implements LogLine {}
}
