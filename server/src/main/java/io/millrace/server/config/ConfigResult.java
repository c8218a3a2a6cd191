package io.millrace.server.config;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.util.List;
import java.util.stream.Collectors;

/** What reading a configuration comes to. */
public sealed interface ConfigResult {

  /** It is as it must be. */
  record Valid(EffectiveConfig effective) implements ConfigResult {}

  /**
   * It is not.
   *
   * @param problems all of them, at least one
   */
  record Invalid(List<ConfigProblem> problems) implements ConfigResult {
    public Invalid {
      problems = List.copyOf(problems);
    }

    /** A line for each problem. */
    public String text() {
      return problems.stream().map(ConfigProblem::text).collect(Collectors.joining("\n  "));
    }
  }

  /**
   * The configuration.
   *
   * @throws ServerException with all problems, where there are any
   */
  default EffectiveConfig orThrow() {
    return switch (this) {
      case Valid(EffectiveConfig effective) -> effective;
      case Invalid invalid ->
          throw new ServerException(
              ServerError.CONFIG_INVALID,
              "The configuration is not as it must be:\n  " + invalid.text());
    };
  }
}
