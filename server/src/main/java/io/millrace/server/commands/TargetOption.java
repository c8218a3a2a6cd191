package io.millrace.server.commands;

import io.millrace.server.DataFolder;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks what people give as {@code --target}. */
final class TargetOption {
  /** What the help says of a target that need not be given. */
  static final String DESCRIPTION =
      "Where Millrace answers. Default: the one that works on ./"
          + CommandDefaults.DATA_FOLDER
          + ", else "
          + CommandDefaults.TARGET
          + ".";

  private TargetOption() {}

  /** The target if one is given, else the Millrace that most likely runs here. */
  static URI orRunningHere(@Nullable URI target, CommandSpec spec) {
    if (target != null) {
      return checked(target, spec);
    }
    return DataFolder.ownerOf(Path.of(CommandDefaults.DATA_FOLDER))
        .flatMap(DataFolder.Owner::url)
        .map(URI::create)
        .orElse(URI.create(CommandDefaults.TARGET));
  }

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
