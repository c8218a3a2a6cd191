package io.millrace.collector.sender;

/**
 * The header Accept-Language (RFC 9110, section 12.5.4), of which one language is kept: the first
 * of those that are wanted most. The whole list would tell browsers apart that nobody needs to tell
 * apart.
 */
public final class AcceptLanguage {
  /** In characters; browsers send a tenth of it. */
  static final int LONGEST_HEADER = 500;

  /** RFC 5646 advises to allow for 35. */
  static final int LONGEST_TAG = 35;

  private AcceptLanguage() {}

  /** The language wanted most, such as {@code de-DE}; empty where the header says none. */
  public static String preferred(String header) {
    String best = "";
    double most = 0;
    int end = Math.min(header.length(), LONGEST_HEADER);
    for (int start = 0; start < end; start = indexOrEnd(header, ',', start, end) + 1) {
      int stop = indexOrEnd(header, ',', start, end);
      int tagEnd = indexOrEnd(header, ';', start, stop);
      double weight = weight(header.substring(tagEnd, stop));
      String tag = header.substring(start, tagEnd).strip();
      if (weight > most && isTag(tag)) {
        best = tag;
        most = weight;
      }
    }
    return best;
  }

  /** Of {@code ;q=0.8}; one of another form means nothing, and so does what it stands by. */
  private static double weight(String parameter) {
    if (parameter.isEmpty()) {
      return 1;
    }
    String text = parameter.replace(" ", "");
    if (!text.startsWith(";q=") || !isNumber(text, 3)) {
      return 0;
    }
    return Math.min(1, Double.parseDouble(text.substring(3)));
  }

  private static boolean isNumber(String text, int from) {
    boolean isShort = text.length() > from && text.length() <= from + 5;
    int dots = 0;
    for (int i = from; isShort && i < text.length(); i++) {
      char c = text.charAt(i);
      dots += c == '.' ? 1 : 0;
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return isShort && dots <= 1 && Character.isDigit(text.charAt(from));
  }

  private static boolean isTag(String tag) {
    return !tag.isEmpty() && tag.length() <= LONGEST_TAG && tag.chars().allMatch(c -> isInTag(c));
  }

  private static boolean isInTag(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  }

  private static int indexOrEnd(String text, char sought, int from, int end) {
    int index = text.indexOf(sought, from, end);
    return index < 0 ? end : index;
  }
}
