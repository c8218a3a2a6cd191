package io.millrace.streams.enrich;

/**
 * Keeps from the parser what was made to keep it busy.
 *
 * <p>A grammar that allows for brackets in brackets can be driven into exponential search: 500
 * characters of {@code (a(b) } took yauaa 2.6 seconds, and twice as many overflowed the stack,
 * where a browser's agent takes a millisecond. Addresses and links are nearly as dear. Browsers
 * nest brackets one or two deep and hold one link at most.
 */
final class AgentShape {
  private static final int DEEPEST_NESTING = 4;
  private static final int MOST_ADDRESSES = 4;
  private static final int MOST_LINKS = 6;

  private AgentShape() {}

  static boolean isPlausible(String userAgent) {
    int depth = 0;
    int addresses = 0;
    int links = 0;
    for (int i = 0; i < userAgent.length(); i++) {
      switch (userAgent.charAt(i)) {
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> depth = Math.max(0, depth - 1);
        case '@' -> addresses++;
        case ':' -> links += userAgent.startsWith("//", i + 1) ? 1 : 0;
        default -> {}
      }
      if (depth > DEEPEST_NESTING || addresses > MOST_ADDRESSES || links > MOST_LINKS) {
        return false;
      }
    }
    return true;
  }
}
