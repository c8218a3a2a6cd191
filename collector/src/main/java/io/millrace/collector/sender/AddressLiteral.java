package io.millrace.collector.sender;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads an address that someone wrote, never asking a name server.
 *
 * <p>IPv4 only as four decimal numbers: the older forms ({@code 127.1}, {@code 0x7f000001}) mean
 * different addresses to different programs. No zone, which means nothing on another host.
 */
public final class AddressLiteral {
  private static final Pattern IPV4 = Pattern.compile("(?:(?:0|[1-9]\\d{0,2})(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  private AddressLiteral() {}

  public static Optional<InetAddress> parse(String text) {
    boolean plausible =
        text.indexOf(':') >= 0 ? IPV6.matcher(text).matches() : IPV4.matcher(text).matches();
    if (!plausible) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}
