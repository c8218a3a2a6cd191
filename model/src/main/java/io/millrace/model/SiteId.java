package io.millrace.model;

/**
 * A tenant's property that clicks belong to, such as {@code shop.example} or {@code demo}.
 *
 * <p>The alphabet is that of host names, so that an id can stand in a topic key, a URL and a file
 * name without escaping.
 */
public record SiteId(String value) {
  private static final int LONGEST = 63;

  public SiteId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "site: \""
              + value
              + "\" is not 1 to 63 of a-z, 0-9, dot and hyphen, beginning with a letter or digit");
    }
  }

  // Not by a regular expression: this is asked for every event that is read.
  public static boolean isValid(String value) {
    if (value.isEmpty() || value.length() > LONGEST || !isLetterOrDigit(value.charAt(0))) {
      return false;
    }
    for (int i = 1; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!isLetterOrDigit(c) && c != '.' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  @Override
  public String toString() {
    return value;
  }
}
