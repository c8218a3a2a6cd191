package io.millrace.server.report;

import java.util.Locale;

/**
 * Makes text that strangers wrote safe to show on a terminal. Control characters could move the
 * cursor, change colours or fake lines of a report; marks of writing direction could make a text
 * read as another; characters without width could hide in it. All of these are shown as escapes.
 */
public final class SafeText {
  private SafeText() {}

  /** The text with everything escaped that is not to be seen as itself. */
  public static String of(String text) {
    var safe = new StringBuilder(text.length());
    text.codePoints().forEach(each -> append(safe, each));
    return safe.toString();
  }

  /** The same, and not longer than so many characters: the middle is left out. */
  public static String of(String text, int longest) {
    String safe = of(text);
    int length = safe.codePointCount(0, safe.length());
    if (length <= longest) {
      return safe;
    }
    int head = (longest - 1) * 2 / 3;
    int tail = longest - 1 - head;
    return safe.substring(0, safe.offsetByCodePoints(0, head))
        + '…'
        + safe.substring(safe.offsetByCodePoints(safe.length(), -tail));
  }

  private static void append(StringBuilder safe, int character) {
    switch (character) {
      case '\n' -> safe.append("\\n");
      case '\r' -> safe.append("\\r");
      case '\t' -> safe.append("\\t");
      default -> {
        if (isHarmless(character)) {
          safe.appendCodePoint(character);
        } else {
          safe.append(String.format(Locale.ROOT, "\\u{%X}", character));
        }
      }
    }
  }

  private static boolean isHarmless(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
