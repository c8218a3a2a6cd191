package io.millrace.collector.event;

/** The lines of a body that are not blank, found without copying. Not for use by two threads. */
final class Lines {
  private final byte[] body;
  private int start;
  private int end = -1;

  Lines(byte[] body) {
    this.body = body;
  }

  /**
   * Whether a body without a telling type holds one event a line: an object ends on its first line
   * and another begins on the next. No single JSON document looks like that, because a closing and
   * an opening brace never meet in one.
   */
  static boolean holdEvents(byte[] body) {
    var lines = new Lines(body);
    if (!lines.next() || body[lines.start] != '{' || lines.lastByte() != '}') {
      return false;
    }
    return lines.next() && body[lines.start] == '{';
  }

  /** Moves to the next line that is not blank, if there is one. */
  boolean next() {
    while (end < body.length) {
      start = end + 1;
      end = start;
      while (end < body.length && body[end] != '\n') {
        end++;
      }
      trimStart();
      if (start < end) {
        return true;
      }
    }
    return false;
  }

  int start() {
    return start;
  }

  int length() {
    return end - start;
  }

  private void trimStart() {
    while (start < end && isBlank(body[start])) {
      start++;
    }
  }

  private byte lastByte() {
    int last = end - 1;
    while (last > start && isBlank(body[last])) {
      last--;
    }
    return body[last];
  }

  private static boolean isBlank(byte value) {
    return value == ' ' || value == '\t' || value == '\r';
  }
}
