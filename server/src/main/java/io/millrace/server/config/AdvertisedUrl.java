package io.millrace.server.config;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where others reach an instance: {@code https://processor-a.example:8080}.
 *
 * @param uri by http or https, with a host, and nothing after it but perhaps a port
 */
public record AdvertisedUrl(URI uri) {
  private static final int LONGEST = 256;

  public AdvertisedUrl {
    if (!isBase(uri)) {
      throw new IllegalArgumentException(
          "expected where others reach it, such as https://processor-a.example:8080");
    }
  }

  static AdvertisedUrl parse(String text) {
    try {
      return new AdvertisedUrl(new URI(text));
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException(
          "expected where others reach it, such as https://processor-a.example:8080", malformed);
    }
  }

  boolean isEncrypted() {
    return uri.getScheme().equals("https");
  }

  private static boolean isBase(URI uri) {
    return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
        && uri.getHost() != null
        && uri.getUserInfo() == null
        && uri.getPath().isEmpty()
        && uri.getQuery() == null
        && uri.getFragment() == null
        && uri.getPort() != 0
        && uri.getPort() <= HttpConfig.HIGHEST_PORT
        && uri.toString().length() <= LONGEST;
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
