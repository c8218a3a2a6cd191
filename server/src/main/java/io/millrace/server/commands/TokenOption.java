package io.millrace.server.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The token that a command shows where it asks. There is no option for the token itself: every user
 * of a machine can read the arguments of all processes.
 */
final class TokenOption {
  static final String VARIABLE = "MILLRACE_TOKEN";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "A file with the token to show. Default: the environment's " + VARIABLE + ", else none.")
  private @Nullable Path file;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** The token, if there is one. */
  Optional<String> token() {
    return token(System.getenv());
  }

  Optional<String> token(Map<String, String> environment) {
    if (file == null) {
      return Optional.ofNullable(environment.get(VARIABLE))
          .map(String::strip)
          .filter(token -> !token.isEmpty());
    }
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException unreadable) {
      throw new ParameterException(spec.commandLine(), "--token-file: cannot read " + file);
    }
  }
}
