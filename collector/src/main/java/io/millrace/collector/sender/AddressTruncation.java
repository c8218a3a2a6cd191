package io.millrace.collector.sender;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Cuts an address down to the network: 24 bits of IPv4, 48 of IPv6. The rest names a household, is
 * needed for nothing here, and so is dropped before anything is kept or hashed.
 *
 * <p>An IPv4 address in IPv6 clothes ({@code ::ffff:203.0.113.9}) is an IPv4 address: {@link
 * InetAddress} already reads it as one, and what comes as raw bytes is undressed here.
 */
public final class AddressTruncation {
  private static final int IPV4_BYTES_KEPT = 3;
  private static final int IPV6_BYTES_KEPT = 6;
  private static final int IPV6_LENGTH = 16;

  private AddressTruncation() {}

  /** The network of an address, with zeros for what was cut, such as {@code 203.0.113.0}. */
  public static String networkOf(InetAddress address) {
    byte[] bytes = plain(address.getAddress());
    int kept = bytes.length == IPV6_LENGTH ? IPV6_BYTES_KEPT : IPV4_BYTES_KEPT;
    Arrays.fill(bytes, kept, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
    }
  }

  /** IPv4 as four bytes even where it was mapped into IPv6. */
  static byte[] plain(byte[] bytes) {
    if (bytes.length != IPV6_LENGTH || bytes[10] != -1 || bytes[11] != -1) {
      return bytes;
    }
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return bytes;
      }
    }
    return Arrays.copyOfRange(bytes, 12, IPV6_LENGTH);
  }
}
