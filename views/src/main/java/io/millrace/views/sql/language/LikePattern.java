package io.millrace.views.sql.language;

/**
 * A pattern of LIKE: {@code %} is any text, {@code _} any character.
 *
 * <p>Matched from the left, taking back only what the last {@code %} took. So a match costs at most
 * the length of the text times that of the pattern, where a regular expression with as many stars
 * can take longer than anyone lives.
 */
final class LikePattern {
  private static final char ANY_TEXT = '\uE000';
  private static final char ANY_CHARACTER = '\uE001';
  private static final int NONE = -1;

  /** Wildcards are flags beside the characters, since any character may stand for itself. */
  private final char[] characters;

  private final boolean[] isWildcard;
  private final int length;

  LikePattern(String pattern, String escape) {
    if (escape.length() > 1) {
      throw UncomputableException.malformed("ESCAPE takes one character, not \"" + escape + "\"");
    }
    characters = new char[pattern.length()];
    isWildcard = new boolean[pattern.length()];
    int written = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char character = pattern.charAt(i);
      boolean isEscape = !escape.isEmpty() && character == escape.charAt(0);
      if (isEscape) {
        i++;
        if (i == pattern.length()) {
          throw UncomputableException.malformed(
              "the pattern of LIKE ends with its escape character");
        }
        characters[written] = pattern.charAt(i);
      } else {
        isWildcard[written] = character == '%' || character == '_';
        characters[written] =
            character == '%' ? ANY_TEXT : character == '_' ? ANY_CHARACTER : character;
      }
      written++;
    }
    length = written;
  }

  boolean matches(String text) {
    int inText = 0;
    int inPattern = 0;
    int afterStar = NONE;
    int startOfRest = 0;
    while (inText < text.length()) {
      if (inPattern < length && isAnyText(inPattern)) {
        inPattern++;
        afterStar = inPattern;
        startOfRest = inText;
      } else if (inPattern < length && accepts(inPattern, text.charAt(inText))) {
        inText++;
        inPattern++;
      } else if (afterStar != NONE) {
        startOfRest++;
        inText = startOfRest;
        inPattern = afterStar;
      } else {
        return false;
      }
    }
    while (inPattern < length && isAnyText(inPattern)) {
      inPattern++;
    }
    return inPattern == length;
  }

  private boolean isAnyText(int index) {
    return isWildcard[index] && characters[index] == ANY_TEXT;
  }

  private boolean accepts(int index, char character) {
    return isWildcard[index] || characters[index] == character;
  }
}
