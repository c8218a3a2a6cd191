package io.millrace.server.traffic;

import java.util.random.RandomGenerator;

/**
 * A range of IPv4 addresses.
 *
 * @param first its first address as a number
 * @param bits how many bits of an address are free in it
 */
record Network(int first, int bits) {

  /** From the usual notation, such as {@code 192.0.2.0/24}. */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    int first = 0;
    for (String part : text.substring(0, slash).split("\\.", -1)) {
      first = first << 8 | Integer.parseInt(part);
    }
    return new Network(first, Integer.SIZE - Integer.parseInt(text.substring(slash + 1)));
  }

  /** Some address in it, as text. */
  String anyAddress(RandomGenerator random) {
    int address = first | (random.nextInt() & ((1 << bits) - 1));
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xff)
        + '.'
        + (address >>> 8 & 0xff)
        + '.'
        + (address & 0xff);
  }
}
