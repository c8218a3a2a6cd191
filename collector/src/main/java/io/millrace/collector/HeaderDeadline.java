package io.millrace.collector;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;

/**
 * Cuts off a client that sends its headers slowly. (One that sends its request line slowly counts
 * as idle, which the server itself sees to.)
 */
final class HeaderDeadline implements Http1ConnectionListener {
  private final Duration allowed;
  private final ReadDeadlines deadlines = new ReadDeadlines();

  HeaderDeadline(Duration allowed) {
    this.allowed = allowed;
  }

  @Override
  public void prologue(ConnectionContext connection, HttpPrologue prologue) {
    deadlines.begin(allowed);
  }

  @Override
  public void headers(ConnectionContext connection, Headers headers) {
    deadlines.end();
  }
}
