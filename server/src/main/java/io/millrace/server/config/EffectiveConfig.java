package io.millrace.server.config;

import java.util.List;

/**
 * A configuration that holds, and where each value of it comes from.
 *
 * @param settings every setting there is, those that nobody has set with their defaults
 */
public record EffectiveConfig(MillraceConfig config, List<EffectiveSetting> settings) {

  public EffectiveConfig {
    settings = List.copyOf(settings);
  }

  /**
   * One value of it.
   *
   * @param key with dots between the sections
   * @param text as it can be written in a file; the mask where it is secret; empty for none
   */
  public record EffectiveSetting(String key, String text, Origin origin) {}
}
