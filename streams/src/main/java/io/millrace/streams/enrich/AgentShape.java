package io.millrace.streams.enrich;

import java.util.function.IntPredicate;

/**
 * Keeps from the parser what was made to keep it busy.
 *
 * <p>A grammar that accepts any text can be driven into long search by marks repeated in an unlucky
 * order: a thousand characters of {@code a/a/a/} took yauaa ten seconds, 500 of {@code (a(b) } took
 * 2.6 and more overflowed the stack, where a browser's agent takes a millisecond. The limits are
 * what agents of people keep with room to spare; random texts within them took 2 ms in the mean and
 * half a second at the worst.
 */
final class AgentShape {
  private static final int DEEPEST_NESTING = 3;

  private AgentShape() {}

  static boolean isPlausible(String userAgent) {
    return nesting(userAgent) <= DEEPEST_NESTING
        && hasAtMost(8, AgentShape::opens, userAgent)
        && hasAtMost(20, mark -> mark == '/', userAgent)
        && hasAtMost(24, mark -> mark == ';' || mark == ',', userAgent)
        && hasAtMost(16, mark -> mark == ':', userAgent)
        && hasAtMost(16, mark -> mark == '-', userAgent)
        && hasAtMost(2, mark -> mark == '@', userAgent)
        && hasAtMost(40, mark -> mark == ' ', userAgent)
        && hasAtMost(12, AgentShape::isUnusual, userAgent);
  }

  private static boolean hasAtMost(int most, IntPredicate kind, String userAgent) {
    return userAgent.chars().filter(kind).count() <= most;
  }

  private static int nesting(String userAgent) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < userAgent.length(); i++) {
      char mark = userAgent.charAt(i);
      if (opens(mark)) {
        deepest = Math.max(deepest, ++depth);
      } else if (closes(mark) && depth > 0) {
        depth--;
      }
    }
    return deepest;
  }

  private static boolean opens(int mark) {
    return mark == '(' || mark == '[' || mark == '{';
  }

  private static boolean closes(int mark) {
    return mark == ')' || mark == ']' || mark == '}';
  }

  private static boolean isUnusual(int mark) {
    return !Character.isLetterOrDigit(mark)
        && !opens(mark)
        && !closes(mark)
        && "/;,:-@ ._%".indexOf(mark) < 0;
  }
}
