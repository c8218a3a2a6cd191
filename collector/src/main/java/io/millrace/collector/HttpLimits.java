package io.millrace.collector;

import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;

/**
 * What the HTTP server itself refuses, before any endpoint is asked. The server is shared with
 * other endpoints, so this is for whoever builds it.
 *
 * @param maxBodyBytes of any request; above {@code max-request-bytes}, so that the collector can
 *     say in words what was too large
 * @param maxHeaderBytes of all header lines together
 * @param maxRequestLineBytes of method, path and query; a pixel's query holds two URLs
 * @param headerTimeout how long a client may take to send its headers
 * @param idleTimeout how long a connection may be quiet between requests
 * @param maxConnections at the same time; more wait to be accepted
 */
public record HttpLimits(
    int maxBodyBytes,
    int maxHeaderBytes,
    int maxRequestLineBytes,
    Duration headerTimeout,
    Duration idleTimeout,
    int maxConnections) {
  public static final HttpLimits DEFAULTS =
      new HttpLimits(
          1024 * 1024, 16 * 1024, 16 * 1024, Duration.ofSeconds(8), Duration.ofSeconds(9), 10_000);

  private static final Duration IDLE_CHECK = Duration.ofSeconds(1);
  private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);

  /** Bounds a server that is being configured. Replaces its HTTP/1.1 and encoding settings. */
  public void applyTo(WebServerConfig.Builder server) {
    var http =
        Http1Config.builder()
            .maxHeadersSize(maxHeaderBytes)
            .maxPrologueLength(maxRequestLineBytes)
            .addReceiveListener(new HeaderDeadline(headerTimeout))
            .build();
    server
        .maxPayloadSize(maxBodyBytes)
        .protocolsDiscoverServices(false)
        .addProtocol(http)
        .contentEncoding(
            ContentEncodingContext.builder()
                .contentEncodingsDiscoverServices(false)
                .addContentEncoding(new CompressedAsSent())
                .build())
        .idleConnectionTimeout(idleTimeout)
        .idleConnectionPeriod(IDLE_CHECK)
        .maxTcpConnections(maxConnections)
        .shutdownGracePeriod(SHUTDOWN_GRACE);
  }
}
