package io.millrace.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Bodies that are made to cost who reads them. None is an event. */
final class HostileBodies {
  /** What a collector takes if nothing else is configured, as sent and inflated. */
  static final int LIMIT = 512_000;

  private static final int MEBIBYTE = 1 << 20;

  /** As many zeros as become a little less than {@link #LIMIT}, about a thousandth. */
  private static final int BOMB_MEBIBYTES = 480;

  private static final int DEPTH = 10_000;

  /**
   * One of them.
   *
   * @param isDeclared whether its length is told in advance
   * @param isBomb whether it is much more inflated than as it is sent
   */
  record Hostile(String name, String encoding, byte[] body, boolean isDeclared, boolean isBomb) {}

  private HostileBodies() {}

  static List<Hostile> all() {
    byte[] bomb = zeros(BOMB_MEBIBYTES);
    byte[] small = "[]".getBytes(StandardCharsets.US_ASCII);
    return List.of(
        bomb("gzip, " + BOMB_MEBIBYTES + " MiB inflated", bomb),
        bomb("gzip within gzip, 480 MiB inflated twice", gzip(bomb)),
        bomb("gzip, 480 MiB inflated, half of it", Arrays.copyOf(bomb, bomb.length / 2)),
        bomb("gzip, cut off before the limit", Arrays.copyOf(bomb, LIMIT / 2_000)),
        bomb("gzip, one part after the other, each of 2 bytes", repeated(gzip(small))),
        plain("body of 600 kB", filled(600_000), true),
        plain("body of 600 kB, length not declared", filled(600_000), false),
        plain("body of 10 MB", filled(10_000_000), true),
        json("arrays 10,000 deep", "[".repeat(DEPTH) + "]".repeat(DEPTH)),
        json("objects 10,000 deep", "{\"a\":".repeat(DEPTH) + "1" + "}".repeat(DEPTH)),
        json(
            "properties 10,000 deep",
            "{\"url\":\"http://a.example/\",\"properties\":{\"a\":"
                + "[".repeat(DEPTH)
                + "]".repeat(DEPTH)
                + "}}"),
        json("a million keys", keys(1_000_000)),
        json("40,000 keys, just below the limit", keys(40_000)),
        json("170,000 empty events", "[" + "{},".repeat(170_000) + "{}]"));
  }

  /** So many bytes of a text that is no JSON. */
  static byte[] filled(int length) {
    var body = new byte[length];
    Arrays.fill(body, (byte) ' ');
    return body;
  }

  private static Hostile bomb(String name, byte[] body) {
    return new Hostile(name, "gzip", body, true, true);
  }

  private static Hostile plain(String name, byte[] body, boolean isDeclared) {
    return new Hostile(name, "identity", body, isDeclared, false);
  }

  private static Hostile json(String name, String body) {
    return plain(name, body.getBytes(StandardCharsets.US_ASCII), true);
  }

  private static byte[] zeros(int mebibytes) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < mebibytes; i++) {
        gzip.write(new byte[MEBIBYTE]);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** As often as the limit allows. */
  private static byte[] repeated(byte[] part) {
    var bytes = new ByteArrayOutputStream();
    while (bytes.size() + part.length <= LIMIT) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private static String keys(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> "\"k" + i + "\":" + i % 10)
        .collect(Collectors.joining(",", "{", "}"));
  }
}
