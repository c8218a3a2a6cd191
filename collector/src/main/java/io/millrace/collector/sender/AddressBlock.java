package io.millrace.collector.sender;

import java.net.InetAddress;

/**
 * A range of addresses in CIDR notation, such as {@code 10.0.0.0/8}; a lone address is a block of
 * one.
 */
public record AddressBlock(InetAddress start, int prefixLength) {
  public AddressBlock {
    int bits = AddressTruncation.plain(start.getAddress()).length * Byte.SIZE;
    if (prefixLength < 0 || prefixLength > bits) {
      throw new IllegalArgumentException(
          "prefix length: expected 0 to " + bits + ", got " + prefixLength);
    }
  }

  /**
   * Reads a block, or a lone address as a block of one.
   *
   * @throws IllegalArgumentException where the text is neither an address nor a block
   */
  public static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    InetAddress start =
        AddressLiteral.parse(address)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "\"" + text + "\" is not an address or a block such as 10.0.0.0/8"));
    if (slash < 0) {
      return new AddressBlock(
          start, AddressTruncation.plain(start.getAddress()).length * Byte.SIZE);
    }
    try {
      return new AddressBlock(start, Integer.parseInt(text.substring(slash + 1)));
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has no number after its slash", notANumber);
    }
  }

  public boolean contains(InetAddress address) {
    byte[] mine = AddressTruncation.plain(start.getAddress());
    byte[] theirs = AddressTruncation.plain(address.getAddress());
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixLength; bit += Byte.SIZE) {
      int index = bit / Byte.SIZE;
      int mask = 0xFF00 >> Math.min(Byte.SIZE, prefixLength - bit);
      if (((mine[index] ^ theirs[index]) & mask & 0xFF) != 0) {
        return false;
      }
    }
    return true;
  }
}
