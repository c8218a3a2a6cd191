package io.millrace.collector.event;

/**
 * What no text may hold: NUL, which ends a text in other programs, and half of a surrogate pair,
 * which has no form in UTF-8 and so would come out of the log as something else.
 */
final class TextRule {
  private TextRule() {}

  /** What is wrong with a text, to follow the name of its field; empty where nothing is. */
  static String problemOf(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == 0) {
        return "holds a NUL character";
      }
      if (Character.isSurrogate(unit)) {
        boolean paired =
            i + 1 < text.length() && Character.isSurrogatePair(unit, text.charAt(i + 1));
        if (!paired) {
          return "holds half of a surrogate pair";
        }
        i++;
      }
    }
    return "";
  }
}
