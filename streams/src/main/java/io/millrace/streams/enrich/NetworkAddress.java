package io.millrace.streams.enrich;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Reads addresses that were written down. Never asks a name server. */
final class NetworkAddress {
  private static final int LONGEST_LITERAL = 45;

  private NetworkAddress() {}

  /** The address a text stands for, or null if it stands for none. */
  static @Nullable InetAddress parse(String text) {
    if (text.length() > LONGEST_LITERAL || !(isIpv4Shape(text) || isIpv6Shape(text))) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException notAnAddress) {
      return null;
    }
  }

  /** Whether the address can belong to somebody on the Internet. */
  static boolean isPublic(InetAddress address) {
    boolean special =
        address.isAnyLocalAddress()
            || address.isLoopbackAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress();
    return !special
        && switch (address) {
          case Inet4Address ipv4 -> !isReserved(ipv4.getAddress());
          case Inet6Address ipv6 -> !isReservedIpv6(ipv6.getAddress());
          default -> false;
        };
  }

  /** RFC 6890: this network, shared address space, benchmarks, documentation, future use. */
  private static boolean isReserved(byte[] ipv4) {
    int first = ipv4[0] & 0xFF;
    int second = ipv4[1] & 0xFF;
    int third = ipv4[2] & 0xFF;
    return switch (first) {
      case 0 -> true;
      case 100 -> second >= 64 && second < 128;
      case 192 -> second == 0 && (third == 0 || third == 2);
      case 198 -> second == 18 || second == 19 || (second == 51 && third == 100);
      case 203 -> second == 0 && third == 113;
      default -> first >= 240;
    };
  }

  /** Of IPv6 only 2000::/3 has been given out, and of that 2001:db8::/32 is for documentation. */
  private static boolean isReservedIpv6(byte[] ipv6) {
    boolean documentation =
        ipv6[0] == 0x20 && ipv6[1] == 0x01 && ipv6[2] == 0x0d && (ipv6[3] & 0xFF) == 0xb8;
    return (ipv6[0] & 0xE0) != 0x20 || documentation;
  }

  private static boolean isIpv4Shape(String text) {
    return text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))
        && text.chars().filter(c -> c == '.').count() == 3;
  }

  private static boolean isIpv6Shape(String text) {
    return text.indexOf(':') >= 0
        && text.chars().allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0);
  }
}
