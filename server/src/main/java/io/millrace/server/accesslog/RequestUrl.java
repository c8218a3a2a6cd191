package io.millrace.server.accesslog;

import java.util.Locale;

/**
 * The URL that a request's target stands for. Most targets are a path on the site. A proxy's are
 * absolute and kept as they are. {@code *} (of {@code OPTIONS}), {@code host:port} (of {@code
 * CONNECT}), nothing at all and the garbage of port scanners stand for no URL.
 */
final class RequestUrl {
  private RequestUrl() {}

  static boolean hasUrl(String target) {
    return target.startsWith("/") || isAbsolute(target);
  }

  /** The URL, or empty if the target has none. */
  static String of(String host, String target) {
    if (isAbsolute(target)) {
      return target;
    }
    return target.startsWith("/") ? "http://" + host + target : "";
  }

  private static boolean isAbsolute(String target) {
    String begin = target.substring(0, Math.min(8, target.length())).toLowerCase(Locale.ROOT);
    return (begin.startsWith("http://") || begin.startsWith("https://"))
        && target.length() > target.indexOf("//") + 2;
  }
}
