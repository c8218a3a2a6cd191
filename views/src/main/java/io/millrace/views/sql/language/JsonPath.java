package io.millrace.views.sql.language;

import java.util.ArrayList;
import java.util.List;

/**
 * A path to one value of a JSON text: {@code $.order.items[0]."unit price"}, with {@code lax} or
 * {@code strict} before it, which mean the same here. There are no wildcards, searches and
 * conditions: following a path is one pass over the text.
 */
record JsonPath(List<Step> steps) {
  private static final int MOST_STEPS = 50;
  private static final int MOST_DIGITS = 6;

  JsonPath {
    steps = List.copyOf(steps);
  }

  /** One step down. */
  sealed interface Step {

    /** To the member of an object. */
    record Member(String name) implements Step {}

    /** To the element of an array, from 0. */
    record Element(int index) implements Step {}
  }

  /**
   * Reads a path.
   *
   * @throws UncomputableException for what is none
   */
  static JsonPath of(String text) {
    return new Reader(text).read();
  }

  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text.strip();
    }

    JsonPath read() {
      skipMode("lax");
      skipMode("strict");
      if (!isNext('$')) {
        throw malformed("begins with $");
      }
      at++;
      var steps = new ArrayList<Step>();
      while (at < text.length()) {
        if (steps.size() == MOST_STEPS) {
          throw malformed("has at most " + MOST_STEPS + " steps");
        }
        steps.add(step());
      }
      return new JsonPath(steps);
    }

    private void skipMode(String mode) {
      if (text.startsWith(mode + " ", at)) {
        at += mode.length() + 1;
        while (isNext(' ')) {
          at++;
        }
      }
    }

    private Step step() {
      if (isNext('.')) {
        at++;
        return new Step.Member(isNext('"') ? quoted('"') : word());
      }
      if (!isNext('[')) {
        throw malformed("has steps such as .name and [0]");
      }
      at++;
      Step step =
          isNext('"') || isNext('\'') ? new Step.Member(quoted(text.charAt(at))) : element();
      if (!isNext(']')) {
        throw malformed("closes each [ with ]");
      }
      at++;
      return step;
    }

    private String word() {
      int start = at;
      while (at < text.length() && isOfWord(text.charAt(at))) {
        at++;
      }
      if (start == at) {
        throw malformed("has a name after each dot; there are no wildcards");
      }
      return text.substring(start, at);
    }

    private static boolean isOfWord(char character) {
      return Character.isLetterOrDigit(character)
          || Character.isSurrogate(character)
          || character == '_'
          || character == '-'
          || character == '$';
    }

    private String quoted(char quote) {
      int end = text.indexOf(quote, at + 1);
      if (end < 0) {
        throw malformed("closes each quote");
      }
      String name = text.substring(at + 1, end);
      at = end + 1;
      return name;
    }

    private Step element() {
      int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      if (start == at || at - start > MOST_DIGITS) {
        throw malformed("has numbers from 0 between [ and ]; there are no wildcards");
      }
      return new Step.Element(Integer.parseInt(text.substring(start, at)));
    }

    private boolean isNext(char character) {
      return at < text.length() && text.charAt(at) == character;
    }

    private UncomputableException malformed(String rule) {
      return UncomputableException.malformed(
          "a path of JSON " + rule + ", got '" + text + "' (at character " + (at + 1) + ")");
    }
  }
}
