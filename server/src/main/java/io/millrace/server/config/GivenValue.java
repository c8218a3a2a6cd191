package io.millrace.server.config;

/**
 * A value as somebody wrote it, not yet understood.
 *
 * @param key with dots between the sections, such as {@code collector.max-events}
 */
public record GivenValue(String key, String text, Origin origin) {

  /** A value from the command line. */
  public static GivenValue flag(String option, String key, String text) {
    return new GivenValue(key, text, Origin.flag(option));
  }
}
