package io.millrace.server.security;

import java.net.URI;
import java.util.Locale;

/**
 * What one instance asks of another, as both know it.
 *
 * @param method of HTTP
 * @param instance where the one that is asked has announced that it answers
 * @param path as it is sent, without a query
 */
public record InternalRequest(String method, URI instance, String path) {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /** The same text on both sides, however the address is written. */
  String text() {
    return String.join("\n", method, address(instance), path);
  }

  private static String address(URI url) {
    String scheme = lower(url.getScheme());
    int usual = scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
    int port = url.getPort() < 0 ? usual : url.getPort();
    return scheme + "://" + lower(url.getHost()) + ':' + port;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
