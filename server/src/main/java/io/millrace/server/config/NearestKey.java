package io.millrace.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the key that somebody may have meant. Pure. */
final class NearestKey {
  private static final int LONGEST = 100;

  private NearestKey() {}

  /** The known key that is least different, if any is like it. */
  static Optional<String> to(String unknown, Collection<String> known) {
    if (unknown.length() > LONGEST) {
      return Optional.empty();
    }
    int most = Math.max(1, Math.min(4, unknown.length() / 3));
    Optional<String> misspelt =
        known.stream()
            .filter(key -> Math.abs(key.length() - unknown.length()) <= most)
            .min(Comparator.comparingInt(key -> distance(unknown, key)))
            .filter(key -> distance(unknown, key) <= most);
    return misspelt.or(() -> elsewhere(unknown, known));
  }

  /** The same name in another section. */
  private static Optional<String> elsewhere(String unknown, Collection<String> known) {
    String name = unknown.substring(unknown.lastIndexOf('.') + 1);
    return known.stream().filter(key -> key.endsWith('.' + name)).findFirst();
  }

  /** How many characters have to be changed, added or left out (Levenshtein's distance). */
  private static int distance(String left, String right) {
    int[] above = new int[right.length() + 1];
    for (int column = 0; column < above.length; column++) {
      above[column] = column;
    }
    for (int row = 1; row <= left.length(); row++) {
      int[] current = new int[above.length];
      current[0] = row;
      for (int column = 1; column < current.length; column++) {
        int changed = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
        current[column] =
            Math.min(above[column - 1] + changed, Math.min(above[column], current[column - 1]) + 1);
      }
      above = current;
    }
    return above[right.length()];
  }
}
