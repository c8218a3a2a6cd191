package io.millrace.server.commands;

import io.millrace.server.config.ConfigLoader;
import io.millrace.server.config.GivenValue;
import io.millrace.server.config.MillraceConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The configuration of an instance, as a command reads it that works on it. */
final class ConfigFile {
  private ConfigFile() {}

  /**
   * The file, and the environment, which is stronger.
   *
   * @throws io.millrace.server.ServerException with every problem there is
   */
  static MillraceConfig load(Path file) {
    return load(file, List.of());
  }

  /** The same, with options that are stronger still. */
  static MillraceConfig load(Path file, List<GivenValue> options) {
    return ConfigLoader.load(Optional.of(file), System.getenv(), options).orThrow().config();
  }
}
