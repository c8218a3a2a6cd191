package io.millrace.server.config;

import java.util.Locale;

/**
 * One thing that can be set.
 *
 * @param key with dots between the sections, such as {@code collector.max-events}
 * @param type how its value is written
 * @param standard what holds where nobody sets it, as it is written; empty for none
 */
record Setting(String key, SettingType<?> type, String standard) {
  private static final String FILE_SUFFIX = "-file";
  private static final String PREFIX = "MILLRACE_";

  boolean isSecret() {
    return type.secret();
  }

  /** The key that names a file with the value, which secrets have. */
  String fileKey() {
    return key + FILE_SUFFIX;
  }

  /** The variable of the environment that sets a key. */
  static String variable(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
