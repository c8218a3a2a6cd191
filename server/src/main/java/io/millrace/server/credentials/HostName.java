package io.millrace.server.credentials;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** Names and addresses that may stand in a certificate. Pure; nothing is looked up. */
final class HostName {
  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
              + "(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
  private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");

  private HostName() {}

  /** Refuses what is neither a name of DNS nor an address of IPv4 or IPv6. */
  static String require(String host) {
    boolean looksLikeAddress = DIGITS_AND_DOTS.matcher(host).matches();
    if (isAddress(host) || (!looksLikeAddress && NAME.matcher(host).matches())) {
      return host;
    }
    throw new IllegalArgumentException(
        "host: expected a name or an address, got '" + host.replaceAll("\\p{Cntrl}", "?") + "'");
  }

  static boolean isAddress(String host) {
    if (!DIGITS_AND_DOTS.matcher(host).matches() && !host.contains(":")) {
      return false;
    }
    try {
      // A text such as 1.2 is a literal for some; it is no address that a client would write.
      return host.contains(":")
          ? !host.contains("%") && InetAddress.ofLiteral(host) != null
          : host.split("\\.", -1).length == 4 && InetAddress.ofLiteral(host) != null;
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }
}
