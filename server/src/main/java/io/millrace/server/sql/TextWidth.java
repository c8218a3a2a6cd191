package io.millrace.server.sql;

import org.jline.utils.WCWidth;

/** How many places of a terminal a text takes: two for most of East Asia's, none for accents. */
final class TextWidth {
  /** Stands where something was cut off. */
  static final char CUT = '…';

  private TextWidth() {}

  static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  /** The text, or what of it has room together with the sign that something is missing. */
  static String cut(String text, int room) {
    if (of(text) <= room) {
      return text;
    }
    var kept = new StringBuilder();
    int left = room - 1;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      left -= of(text.codePointAt(i));
      if (left < 0) {
        break;
      }
      kept.appendCodePoint(text.codePointAt(i));
    }
    return kept.append(CUT).toString();
  }

  private static int of(int character) {
    return Math.max(0, WCWidth.wcwidth(character));
  }
}
