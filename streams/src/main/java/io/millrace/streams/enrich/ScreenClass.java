package io.millrace.streams.enrich;

/**
 * Sorts screens by their size in CSS pixels, as browsers report it, whatever device they are of: a
 * phone whose shorter side is below 600, else by width a tablet below 1,200, a laptop below 1,600
 * and a desktop from there.
 *
 * <p>The borders lie between the sizes that are common: phones are 320 to 480 wide, tablets 744 to
 * 1,024, laptops 1,280 to 1,536, other screens 1,680 and more. What lies across is sorted wrongly,
 * such as a large tablet that is held sideways and a large laptop that is not scaled.
 */
final class ScreenClass {
  private static final int PHONES_BELOW = 600;
  private static final int TABLETS_BELOW = 1_200;
  private static final int LAPTOPS_BELOW = 1_600;
  private static final int LONGEST_NUMBER = 5;

  private ScreenClass() {}

  /** The class of a text such as {@code 1920x1080}; empty if it is of any other form. */
  static String of(String screen) {
    int cross = screen.indexOf('x');
    int width = cross < 0 ? 0 : number(screen, 0, cross);
    int height = cross < 0 ? 0 : number(screen, cross + 1, screen.length());
    if (width == 0 || height == 0) {
      return "";
    }
    if (Math.min(width, height) < PHONES_BELOW) {
      return "phone";
    }
    if (width < TABLETS_BELOW) {
      return "tablet";
    }
    return width < LAPTOPS_BELOW ? "laptop" : "desktop";
  }

  /** 0 for what is no number. */
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9' || to - from > LONGEST_NUMBER) {
        return 0;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }
}
