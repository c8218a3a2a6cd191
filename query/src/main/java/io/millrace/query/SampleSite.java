package io.millrace.query;

/**
 * A small web site to click around on, for those who want to see something before they have events
 * of their own.
 *
 * @param writeKey the public key that its clicks are written with
 * @param trackerPath where the browser tracker is served, such as {@code /millrace.js}
 */
public record SampleSite(String writeKey, String trackerPath) {

  public SampleSite {
    if (writeKey.isBlank()) {
      throw new IllegalArgumentException("sample-write-key: is blank");
    }
    if (!trackerPath.startsWith("/")) {
      throw new IllegalArgumentException(
          "sample-tracker-path: \"" + trackerPath + "\" does not begin with a slash");
    }
  }

  /** A page with its two places filled in. */
  String fill(String page) {
    return page.replace("{{write-key}}", escaped(writeKey))
        .replace("{{tracker-path}}", escaped(trackerPath));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
