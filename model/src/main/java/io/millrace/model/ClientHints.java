package io.millrace.model;

import java.util.regex.Pattern;

/**
 * What a browser tells of itself beside its User-Agent, in whose text browsers no longer put all of
 * it (W3C, "User-Agent Client Hints"). Each is the header's value as it came, quotes included; one
 * that was not sent is empty.
 *
 * @param brands {@code Sec-CH-UA}
 * @param fullVersions {@code Sec-CH-UA-Full-Version-List}
 * @param mobile {@code Sec-CH-UA-Mobile}
 * @param platform {@code Sec-CH-UA-Platform}
 * @param platformVersion {@code Sec-CH-UA-Platform-Version}
 * @param model {@code Sec-CH-UA-Model}
 */
public record ClientHints(
    String brands,
    String fullVersions,
    String mobile,
    String platform,
    String platformVersion,
    String model) {

  /** Of a client that tells nothing, as most do not. */
  public static final ClientHints NONE = new ClientHints("", "", "", "", "", "");

  /** In characters; lists of brands are half as long in life. */
  public static final int LONGEST_LIST = 400;

  /** In characters, of any other hint. */
  public static final int LONGEST_TEXT = 66;

  /** A printable character that ends no quoted text, or an escaped one. */
  private static final String CHARACTER = "(?:[ !#-\\[\\]-~]|\\\\[\"\\\\])";

  private static final String BRAND =
      "\"" + CHARACTER + "{0,60}+\" ?; ?v ?= ?\"[0-9A-Za-z. _-]{0,30}+\"";

  private static final Pattern LIST = Pattern.compile(BRAND + "(?:, ?" + BRAND + "){0,9}+");
  private static final Pattern TEXT = Pattern.compile("\"[ !#-\\[\\]-~]{0,64}+\"");

  public boolean isNone() {
    return brands.isEmpty()
        && fullVersions.isEmpty()
        && mobile.isEmpty()
        && platform.isEmpty()
        && platformVersion.isEmpty()
        && model.isEmpty();
  }

  /**
   * The same without what no browser sends. What is left is bounded in length and of the shape that
   * the specification gives it, so that no grammar can be driven into long search by it.
   */
  public ClientHints plausible() {
    if (isNone()) {
      return NONE;
    }
    return new ClientHints(
        list(brands),
        list(fullVersions),
        mobile.equals("?0") || mobile.equals("?1") ? mobile : "",
        text(platform),
        text(platformVersion),
        text(model));
  }

  private static String list(String value) {
    return value.length() <= LONGEST_LIST && LIST.matcher(value).matches() ? value : "";
  }

  private static String text(String value) {
    return value.length() <= LONGEST_TEXT && TEXT.matcher(value).matches() ? value : "";
  }
}
