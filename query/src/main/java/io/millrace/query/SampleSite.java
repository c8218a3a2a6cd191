package io.millrace.query;

/**
 * A small web site to click around on, for those who want to see something before they have events
 * of their own.
 *
 * @param writeKey the public key that its clicks are written with
 * @param trackerPath where the browser tracker is served, such as {@code /millrace.js}
 * @param eventsPath where events are posted to, such as {@code /v1/events}
 */
public record SampleSite(String writeKey, String trackerPath, String eventsPath) {

  public SampleSite {
    if (writeKey.isBlank()) {
      throw new IllegalArgumentException("sample-write-key: is blank");
    }
    requirePath("sample-tracker-path", trackerPath);
    requirePath("sample-events-path", eventsPath);
  }

  private static void requirePath(String key, String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(key + ": \"" + path + "\" does not begin with a slash");
    }
  }

  /** A page with its places filled in. */
  String fill(String page) {
    return page.replace("{{write-key}}", escaped(writeKey))
        .replace("{{tracker-path}}", escaped(trackerPath))
        .replace("{{events-path}}", escaped(eventsPath));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
