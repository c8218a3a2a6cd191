package io.millrace.collector;

import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.millrace.collector.limit.Shares;
import io.millrace.collector.sender.TrustedProxies;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;

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
 * @param maxConnectionsPerAddress at the same time; 0 for any number. More are closed at once.
 *     Addresses of this machine and of trusted proxies stand for many and are not counted
 */
public record HttpLimits(
    int maxBodyBytes,
    int maxHeaderBytes,
    int maxRequestLineBytes,
    Duration headerTimeout,
    Duration idleTimeout,
    int maxConnections,
    int maxConnectionsPerAddress) {
  public static final HttpLimits DEFAULTS =
      new HttpLimits(
          1024 * 1024,
          16 * 1024,
          16 * 1024,
          Duration.ofSeconds(8),
          Duration.ofSeconds(9),
          10_000,
          200);

  /** With it the default of the idle timeout ends before 10 s. */
  private static final Duration IDLE_CHECK = Duration.ofMillis(500);

  private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);

  public HttpLimits {
    require(maxBodyBytes >= 1, "max-body-bytes", "at least 1", maxBodyBytes);
    require(maxHeaderBytes >= 256, "max-header-bytes", "at least 256", maxHeaderBytes);
    require(
        maxRequestLineBytes >= 256, "max-request-line-bytes", "at least 256", maxRequestLineBytes);
    require(headerTimeout.toMillis() >= 1, "header-timeout", "more than 0", headerTimeout);
    require(idleTimeout.toMillis() >= 1, "idle-timeout", "more than 0", idleTimeout);
    require(maxConnections >= 1, "max-connections", "at least 1", maxConnections);
    require(
        maxConnectionsPerAddress >= 0,
        "max-connections-per-address",
        "0 or more",
        maxConnectionsPerAddress);
  }

  private static void require(boolean valid, String key, String expected, Object value) {
    if (!valid) {
      throw new IllegalArgumentException(key + ": expected " + expected + ", got " + value);
    }
  }

  /** The same, where only this machine and proxies that are trusted stand for many clients. */
  public void applyTo(WebServerConfig.Builder server, TrustedProxies proxies) {
    applyTo(server, address -> !address.isLoopbackAddress() && !proxies.trusts(address));
  }

  /**
   * Bounds a server that is being configured. Replaces its HTTP/1.1 and encoding settings.
   *
   * @param isOneClient whether an address stands for one client, whose connections count
   */
  void applyTo(WebServerConfig.Builder server, Predicate<InetAddress> isOneClient) {
    var http =
        Http1Config.builder()
            .maxHeadersSize(maxHeaderBytes)
            .maxPrologueLength(maxRequestLineBytes)
            .addReceiveListener(new HeaderDeadline(headerTimeout))
            .build();
    server
        .maxPayloadSize(maxBodyBytes)
        .protocolsDiscoverServices(false)
        .addConnectionSelector(
            new ConnectionShares(
                Http1ConnectionSelector.builder().config(http).build(),
                new Shares(maxConnectionsPerAddress),
                isOneClient))
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
