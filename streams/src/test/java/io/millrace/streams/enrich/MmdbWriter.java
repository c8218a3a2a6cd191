package io.millrace.streams.enrich;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes small databases by the specification of the MaxMind DB format 2.0: a binary tree of
 * addresses, 16 empty bytes, the records of networks, and the metadata behind a mark.
 *
 * <p>Only what a test needs: IPv6 trees with IPv4 below {@code ::/96}, records of 32 bits, no
 * pointers.
 */
final class MmdbWriter {
  private static final byte[] MARK =
      "\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);
  private static final int SEPARATOR = 16;
  private static final int EMPTY = 0;

  private static final int TEXT = 2;
  private static final int UINT16 = 5;
  private static final int UINT32 = 6;
  private static final int MAP = 7;
  private static final int UINT64 = 9;
  private static final int ARRAY = 11;

  /** A branch: for each of the two bits a node's number, a record's as -1 - offset, or 0. */
  private final List<int[]> nodes = new ArrayList<>(List.of(new int[2]));

  private final ByteArrayOutputStream records = new ByteArrayOutputStream();
  private final Instant built;

  MmdbWriter(Instant built) {
    this.built = built;
  }

  /** A database in which one network has one record. */
  static void write(Path file, Instant built, String network, int bits, Map<String, ?> record) {
    new MmdbWriter(built).with(network, bits, record).writeTo(file);
  }

  /**
   * Adds a network.
   *
   * @param bits of the prefix, of 32 for IPv4 and of 128 for IPv6
   */
  MmdbWriter with(String network, int bits, Object record) {
    byte[] address = ipv6(InetAddress.ofLiteral(network));
    int depth = InetAddress.ofLiteral(network) instanceof Inet4Address ? 96 + bits : bits;
    int node = 0;
    for (int i = 0; i < depth - 1; i++) {
      int[] branch = nodes.get(node);
      int bit = bit(address, i);
      if (branch[bit] == EMPTY) {
        branch[bit] = nodes.size();
        nodes.add(new int[2]);
      }
      node = branch[bit];
    }
    nodes.get(node)[bit(address, depth - 1)] = -1 - records.size();
    writeValue(record, records);
    return this;
  }

  void writeTo(Path file) {
    try {
      Files.write(file, bytes());
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + file, failure);
    }
  }

  private byte[] bytes() {
    var out = new ByteArrayOutputStream();
    for (int[] branch : nodes) {
      for (int target : branch) {
        writeNumber(pointer(target), 4, out);
      }
    }
    out.writeBytes(new byte[SEPARATOR]);
    out.writeBytes(records.toByteArray());
    out.writeBytes(MARK);
    writeValue(
        Map.of(
            "binary_format_major_version", new Unsigned(UINT16, 2),
            "binary_format_minor_version", new Unsigned(UINT16, 0),
            "build_epoch", new Unsigned(UINT64, built.getEpochSecond()),
            "database_type", "Millrace-Test",
            "description", Map.of("en", "a test"),
            "ip_version", new Unsigned(UINT16, 6),
            "languages", List.of("en"),
            "node_count", new Unsigned(UINT32, nodes.size()),
            "record_size", new Unsigned(UINT16, 32)),
        out);
    return out.toByteArray();
  }

  private long pointer(int target) {
    if (target == EMPTY) {
      return nodes.size();
    }
    return target > 0 ? target : nodes.size() + SEPARATOR + (-1 - target);
  }

  private record Unsigned(int type, long value) {}

  private static void writeValue(Object value, ByteArrayOutputStream out) {
    switch (value) {
      case String text -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writeControl(TEXT, bytes.length, out);
        out.writeBytes(bytes);
      }
      case Unsigned number -> {
        int length = number.type == UINT16 ? 2 : number.type == UINT32 ? 4 : 8;
        writeControl(number.type, length, out);
        writeNumber(number.value, length, out);
      }
      case Map<?, ?> map -> {
        writeControl(MAP, map.size(), out);
        map.forEach(
            (key, part) -> {
              writeValue(key, out);
              writeValue(part, out);
            });
      }
      case List<?> list -> {
        writeControl(ARRAY, list.size(), out);
        list.forEach(part -> writeValue(part, out));
      }
      default -> throw new IllegalArgumentException("value: cannot write " + value);
    }
  }

  private static void writeControl(int type, int size, ByteArrayOutputStream out) {
    int shown = size < 29 ? size : 29;
    out.write(type <= 7 ? type << 5 | shown : shown);
    if (type > 7) {
      out.write(type - 7);
    }
    if (size >= 29) {
      out.write(size - 29);
    }
  }

  private static void writeNumber(long value, int bytes, ByteArrayOutputStream out) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
  }

  private static int bit(byte[] address, int index) {
    return address[index / 8] >> (7 - index % 8) & 1;
  }

  private static byte[] ipv6(InetAddress address) {
    byte[] bytes = address.getAddress();
    var all = new byte[16];
    System.arraycopy(bytes, 0, all, 16 - bytes.length, bytes.length);
    return all;
  }
}
