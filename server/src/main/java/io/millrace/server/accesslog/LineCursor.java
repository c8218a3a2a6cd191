package io.millrace.server.accesslog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over the bytes of a line, field by field, looking at each byte once.
 *
 * <p>The first thing that is wrong is remembered and everything read after it is empty, so that the
 * parser reads as the list of its fields and asks at the end whether all went well. For one thread.
 */
final class LineCursor {
  private final byte[] line;
  private int at;
  private String problem = "";

  LineCursor(byte[] line) {
    this.line = line;
  }

  /** What was wrong first, or empty. */
  String problem() {
    return problem;
  }

  /** Remembers what is wrong, unless something was before. */
  void fail(String reason) {
    if (problem.isEmpty()) {
      problem = reason;
      at = line.length;
    }
  }

  boolean atEnd() {
    return at >= line.length;
  }

  /** The bytes up to the next space or the end, and skips one space. */
  String word(String what) {
    int begin = at;
    while (!atEnd() && line[at] != ' ') {
      at++;
    }
    if (at == begin) {
      fail(what + " is missing");
      return "";
    }
    String word = new String(line, begin, at - begin, StandardCharsets.ISO_8859_1);
    at++;
    return word;
  }

  /** The bytes up to a space that a bracket follows, since a user's name may hold spaces. */
  void skipToBracket(String what) {
    int begin = at;
    while (at + 1 < line.length && !(line[at] == ' ' && line[at + 1] == '[')) {
      at++;
    }
    if (at + 1 >= line.length) {
      fail("no time in brackets follows " + what);
    } else if (at == begin) {
      fail(what + " is missing");
    } else {
      at++;
    }
  }

  /** What stands between brackets, and skips the space after them. */
  String bracketed(String what) {
    if (!opens('[', what + " is not in brackets")) {
      return "";
    }
    int begin = at;
    while (!atEnd() && line[at] != ']') {
      at++;
    }
    if (atEnd()) {
      fail("the line ends inside " + what);
      return "";
    }
    String inside = new String(line, begin, at - begin, StandardCharsets.ISO_8859_1);
    at++;
    skipSeparator(what);
    return inside;
  }

  /** What stands between quotes, with its escapes undone, and skips the space after them. */
  byte[] quoted(String what) {
    if (!opens('"', what + " is not in quotes")) {
      return new byte[0];
    }
    var inside = new byte[line.length - at];
    int length = 0;
    while (!atEnd() && line[at] != '"') {
      inside[length++] = line[at] == '\\' ? unescaped() : line[at++];
    }
    if (atEnd()) {
      fail(what + " has no closing quote: the line ends inside it");
      return new byte[0];
    }
    at++;
    skipSeparator(what);
    return Arrays.copyOf(inside, length);
  }

  private boolean opens(char bracket, String otherwise) {
    if (atEnd() || line[at] != bracket) {
      fail(otherwise);
      return false;
    }
    at++;
    return true;
  }

  private void skipSeparator(String what) {
    if (!atEnd() && line[at++] != ' ') {
      fail("no space follows " + what);
    }
  }

  /** One byte of Apache's or nginx's escapes; a backslash before anything else is a backslash. */
  private byte unescaped() {
    int next = at + 1 < line.length ? line[at + 1] : -1;
    if (next == 'x' && at + 3 < line.length) {
      int high = Character.digit(line[at + 2], 16);
      int low = Character.digit(line[at + 3], 16);
      if (high >= 0 && low >= 0) {
        at += 4;
        return (byte) (high << 4 | low);
      }
    }
    int simple = "\"\\nrtvbf".indexOf(next);
    at += simple < 0 ? 1 : 2;
    return (byte) (simple < 0 ? '\\' : "\"\\\n\r\t\u000b\b\f".charAt(simple));
  }
}
