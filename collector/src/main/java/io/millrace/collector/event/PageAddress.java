package io.millrace.collector.event;

/**
 * What the URL of a page must look like: absolute, http or https, with a host, without a user.
 *
 * <p>Deliberately not {@link java.net.URI}: browsers report addresses that RFC 3986 forbids, such
 * as {@code ?q=a|b}, and refusing those would lose real visits.
 */
final class PageAddress {
  private static final String NOT_ABSOLUTE = "is not an absolute http or https URL";
  private static final int MAX_PORT = 65_535;

  private PageAddress() {}

  /** What is wrong with a URL, to follow the name of its field; empty where nothing is. */
  static String problemOf(String url) {
    int authority = authorityStart(url);
    if (authority < 0) {
      return NOT_ABSOLUTE;
    }
    for (int i = 0; i < url.length(); i++) {
      if (url.charAt(i) <= ' ' || url.charAt(i) == 0x7F) {
        return "holds a space or a control character";
      }
    }
    int end = authorityEnd(url, authority);
    return problemOfAuthority(url.substring(authority, end));
  }

  private static int authorityStart(String url) {
    for (String scheme : new String[] {"https://", "http://"}) {
      if (url.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return scheme.length();
      }
    }
    return -1;
  }

  private static int authorityEnd(String url, int start) {
    for (int i = start; i < url.length(); i++) {
      if ("/?#\\".indexOf(url.charAt(i)) >= 0) {
        return i;
      }
    }
    return url.length();
  }

  private static String problemOfAuthority(String authority) {
    if (authority.indexOf('@') >= 0) {
      return "carries a user name";
    }
    int bracket = authority.lastIndexOf(']');
    int colon = authority.indexOf(':', Math.max(bracket, 0));
    String host = colon < 0 ? authority : authority.substring(0, colon);
    if (host.isEmpty()) {
      return "has no host";
    }
    if (!(host.startsWith("[") ? isAddress(host) : isName(host))) {
      return "has a host that is no host name";
    }
    return colon < 0 || isPort(authority.substring(colon + 1)) ? "" : "has a port that is none";
  }

  private static boolean isAddress(String host) {
    return host.endsWith("]")
        && host.substring(1, host.length() - 1)
            .chars()
            .allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.');
  }

  private static boolean isName(String host) {
    return host.codePoints()
        .allMatch(
            c -> Character.isLetterOrDigit(c) || c > 0x7F || c == '.' || c == '-' || c == '_');
  }

  private static boolean isPort(String port) {
    return port.isEmpty()
        || (port.length() <= 5
            && port.chars().allMatch(c -> c >= '0' && c <= '9')
            && Integer.parseInt(port) <= MAX_PORT);
  }
}
