package io.millrace.testing.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A decoder of bytes from outside, with what must hold for all of them.
 *
 * @param name of the target, and of the folder of its corpus
 * @param seeds inputs that are right, from which others are made
 * @param words what inputs are made of: keywords, marks, limits
 * @param rounds how many inputs a run of the tests makes
 * @param property takes any bytes; what it throws is a fault of the program
 */
record FuzzTarget(
    String name, List<byte[]> seeds, List<byte[]> words, int rounds, Property property) {
  private static final int ROUNDS = 1_000;

  /** What must hold of any bytes. */
  interface Property {
    void holdsFor(byte[] bytes) throws Exception;
  }

  static FuzzTarget of(String name, Property property, byte[]... seeds) {
    return new FuzzTarget(name, List.of(seeds), List.of(), ROUNDS, property);
  }

  /** Of a decoder of texts, whose input is the bytes as UTF-8. */
  static FuzzTarget ofText(String name, TextProperty property, String... seeds) {
    return new FuzzTarget(
        name,
        List.of(seeds).stream().map(FuzzTarget::utf8).toList(),
        List.of(),
        ROUNDS,
        bytes -> property.holdsFor(new String(bytes, StandardCharsets.UTF_8)));
  }

  /** What must hold of any text. */
  interface TextProperty {
    void holdsFor(String text) throws Exception;
  }

  FuzzTarget withWords(String... more) {
    return new FuzzTarget(
        name, seeds, List.of(more).stream().map(FuzzTarget::utf8).toList(), rounds, property);
  }

  /** As many as a run of the tests has time for. */
  FuzzTarget withRounds(int number) {
    return new FuzzTarget(name, seeds, words, number, property);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return name;
  }
}
