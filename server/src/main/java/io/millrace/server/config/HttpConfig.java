package io.millrace.server.config;

import io.millrace.collector.HttpLimits;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an instance serves.
 *
 * @param host the address, in numbers; the loopback unless somebody chose otherwise
 * @param port 0 for any that is free
 * @param advertisedUrl where the other instances reach it; empty for the address that it serves on
 * @param tls how the way to it is encrypted
 * @param drain how long it goes on serving when it is told to end, while it says that it is not
 *     ready, so that a load balancer sends it no more requests
 * @param limits what the server refuses before any endpoint is asked
 */
public record HttpConfig(
    String host,
    int port,
    Optional<AdvertisedUrl> advertisedUrl,
    TlsSettings tls,
    Duration drain,
    HttpLimits limits) {
  static final int HIGHEST_PORT = 65_535;
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(30);

  /** What Java reads as an address without asking anybody for a name. */
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:]{2,39}");

  public static final HttpConfig DEFAULT =
      new HttpConfig(
          "127.0.0.1", 8080, Optional.empty(), TlsSettings.OFF, Duration.ZERO, HttpLimits.DEFAULTS);

  public HttpConfig {
    if (!isAddress(host)) {
      throw new IllegalArgumentException(
          "host: expected an address such as 127.0.0.1, 0.0.0.0 or ::, got \"" + host + '"');
    }
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("port: expected 0 to " + HIGHEST_PORT + ", got " + port);
    }
    if (tls.certificate().isPresent()
        && advertisedUrl.filter(url -> !url.isEncrypted()).isPresent()) {
      throw new IllegalArgumentException(
          "advertised-url: expected one by https where a certificate is named, got "
              + advertisedUrl.get());
    }
    if (drain.isNegative() || drain.compareTo(LONGEST_DRAIN) > 0) {
      throw new IllegalArgumentException(
          "drain: expected 0s to "
              + DurationText.of(LONGEST_DRAIN)
              + ", got "
              + DurationText.of(drain));
    }
  }

  /** The same on another port. */
  public HttpConfig withPort(int other) {
    return new HttpConfig(host, other, advertisedUrl, tls, drain, limits);
  }

  /** Whether only this machine can reach it. */
  public boolean isLoopback() {
    return InetAddress.ofLiteral(host).isLoopbackAddress();
  }

  /** Where a server on this port answers, by http or https. */
  public URI url(String scheme, int servedPort) {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return URI.create(scheme + "://" + shown + ":" + servedPort);
  }

  private static boolean isAddress(String host) {
    if (!ADDRESS.matcher(host).matches()) {
      return false;
    }
    try {
      var _ = InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }
}
