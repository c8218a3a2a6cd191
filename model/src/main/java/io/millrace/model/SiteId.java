package io.millrace.model;

import java.util.regex.Pattern;

/**
 * A tenant's property that clicks belong to, such as {@code shop.example} or {@code demo}.
 *
 * <p>The alphabet is that of host names, so that an id can stand in a topic key, a URL and a file
 * name without escaping.
 */
public record SiteId(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

  public SiteId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "site: \""
              + value
              + "\" is not 1 to 63 of a-z, 0-9, dot and hyphen, beginning with a letter or digit");
    }
  }

  public static boolean isValid(String value) {
    return SHAPE.matcher(value).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
