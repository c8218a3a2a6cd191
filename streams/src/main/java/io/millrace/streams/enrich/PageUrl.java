package io.millrace.streams.enrich;

import io.millrace.model.Enrichment;
import java.util.Locale;

/**
 * The parts of a URL that views count by.
 *
 * <p>Split by hand, because URLs come from anyone: {@link java.net.URI} throws on what browsers and
 * access logs hold every day, and repairs what should be counted as it was asked for. Splitting
 * never throws, for any text. The path of {@code "http://" + host + target} is exactly the target
 * up to its query, so that a view counts what an access log shows.
 *
 * @param host in lower case, without user, port and final dot; empty if there is none
 * @param path as sent: not decoded, not normalised; {@code /} if there is none
 * @param query as sent, between {@code ?} and {@code #}; empty if there is none
 */
public record PageUrl(String host, String path, String query) {
  private static final int LONGEST_HOST = 253;

  /** A URL that could not be split. */
  static final PageUrl FAILED = new PageUrl(Enrichment.FAILED, Enrichment.FAILED, "");

  /** Splits any text. */
  public static PageUrl of(String url) {
    int end = indexOrEnd(url, '#', 0, url.length());
    int authority = authorityStart(url, end);
    int pathStart =
        authority < 0 ? pathWithoutAuthority(url, end) : authorityEnd(url, authority, end);
    int question = indexOrEnd(url, '?', pathStart, end);
    return new PageUrl(
        authority < 0 ? "" : host(url, authority, pathStart),
        pathStart == question ? "/" : url.substring(pathStart, question),
        question == end ? "" : url.substring(question + 1, end));
  }

  /** The host alone of any text. */
  static String hostOf(String url) {
    int end = indexOrEnd(url, '#', 0, url.length());
    int authority = authorityStart(url, end);
    return authority < 0 ? "" : host(url, authority, authorityEnd(url, authority, end));
  }

  /** The host without a leading {@code www.}, which names the same site. */
  static String withoutWww(String host) {
    return host.startsWith("www.") ? host.substring(4) : host;
  }

  /** Where the authority begins, or -1 if the text is a path or a thing without one. */
  private static int authorityStart(String url, int end) {
    if (url.startsWith("//")) {
      return 2;
    }
    int schemeEnd = schemeEnd(url, end);
    if (schemeEnd > 0 && url.startsWith("//", schemeEnd + 1)) {
      return schemeEnd + 3;
    }
    return looksLikeHost(url, end) ? 0 : -1;
  }

  /** The index of the colon after a scheme, or -1. */
  private static int schemeEnd(String url, int end) {
    for (int i = 0; i < end; i++) {
      char c = url.charAt(i);
      if (c == ':') {
        return i;
      }
      boolean inScheme = isLetterOrDigit(c) || c == '+' || c == '-' || c == '.';
      if (!inScheme) {
        return -1;
      }
    }
    return -1;
  }

  /** Whether a text without scheme begins with a host, as in {@code example.com/page}. */
  private static boolean looksLikeHost(String url, int end) {
    int dots = 0;
    int i = 0;
    while (i < end && (isLetterOrDigit(url.charAt(i)) || ".-_".indexOf(url.charAt(i)) >= 0)) {
      dots += url.charAt(i) == '.' ? 1 : 0;
      i++;
    }
    boolean named = i > 0 && url.charAt(0) != '.' && (dots > 0 || url.startsWith("localhost"));
    boolean port = i + 1 < end && url.charAt(i) == ':' && isDigit(url.charAt(i + 1));
    return named && (port || i == end || url.charAt(i) == '/' || url.charAt(i) == '?');
  }

  /** The path of {@code /page}, {@code page}; nothing of {@code about:blank}, {@code data:…}. */
  private static int pathWithoutAuthority(String url, int end) {
    return schemeEnd(url, end) > 0 ? end : 0;
  }

  /** An authority ends before the first character that neither a user nor a host may have. */
  private static int authorityEnd(String url, int start, int end) {
    int stop = start;
    while (stop < end && "/?\\".indexOf(url.charAt(stop)) < 0) {
      stop++;
    }
    int at = url.lastIndexOf('@', stop - 1);
    int i = at >= start ? at + 1 : start;
    if (i < stop && url.charAt(i) == '[') {
      i = indexOrEnd(url, ']', i, stop);
    }
    while (i < stop && isInHost(url.charAt(i))) {
      i++;
    }
    return i;
  }

  private static String host(String url, int start, int end) {
    int from = Math.max(start, url.lastIndexOf('@', end - 1) + 1);
    int to = from < end && url.charAt(from) == '[' ? indexOrEnd(url, ']', from, end) + 1 : from;
    to = indexOrEnd(url, ':', Math.min(to, end), end);
    if (to > from && url.charAt(to - 1) == '.') {
      to--;
    }
    return to - from > LONGEST_HOST ? "" : url.substring(from, to).toLowerCase(Locale.ROOT);
  }

  private static boolean isInHost(char c) {
    return isLetterOrDigit(c)
        || ".-_:]%".indexOf(c) >= 0
        || (c >= 0xA1 && Character.isLetterOrDigit(c));
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int indexOrEnd(String text, char sought, int from, int end) {
    int index = text.indexOf(sought, from, end);
    return index < 0 ? end : index;
  }
}
