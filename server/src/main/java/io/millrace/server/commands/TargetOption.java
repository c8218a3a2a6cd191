package io.millrace.server.commands;

import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks what people give as {@code --target}. */
final class TargetOption {

  private TargetOption() {}

  /** The target itself, if it can be one. */
  static URI checked(URI target, CommandSpec spec) {
    boolean web = "http".equals(target.getScheme()) || "https".equals(target.getScheme());
    if (!web || target.getHost() == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--target: '" + target + "' is not an address such as " + CommandDefaults.TARGET);
    }
    return target;
  }
}
