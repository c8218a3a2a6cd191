package io.millrace.server.accesslog;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The network a client's address is in: all that this product keeps of an address. 24 bits of IPv4
 * (256 addresses) and 48 of IPv6 (a household's or a company's whole allocation) still tell the
 * country, and no longer the person.
 *
 * @param address the network's first address, as text
 */
record ClientNetwork(String address) {
  private static final int IPV4_BYTES_KEPT = 3;
  private static final int IPV6_BYTES_KEPT = 6;

  /** The network of an IP address, or empty if the text is a host name. Never resolves a name. */
  static Optional<ClientNetwork> of(String address) {
    if (!couldBeLiteral(address)) {
      return Optional.empty();
    }
    try {
      InetAddress parsed = InetAddress.ofLiteral(address);
      byte[] bytes = parsed.getAddress();
      int kept = parsed instanceof Inet4Address ? IPV4_BYTES_KEPT : IPV6_BYTES_KEPT;
      Arrays.fill(bytes, kept, bytes.length, (byte) 0);
      return Optional.of(new ClientNetwork(InetAddress.getByAddress(bytes).getHostAddress()));
    } catch (IllegalArgumentException | UnknownHostException noAddress) {
      return Optional.empty();
    }
  }

  /** Whether the text is an IP address or at least could be a host's name. */
  static boolean isAddressOrHost(String text) {
    return text.indexOf(':') >= 0 ? of(text).isPresent() : isHost(text);
  }

  private static boolean isHost(String text) {
    return text.length() <= 255
        && text.chars()
            .allMatch(
                each ->
                    Character.isLetterOrDigit(each) || each == '.' || each == '-' || each == '_');
  }

  private static boolean couldBeLiteral(String text) {
    return text.indexOf(':') >= 0
        || (!text.isEmpty()
            && text.chars().allMatch(each -> each == '.' || (each >= '0' && each <= '9')));
  }
}
