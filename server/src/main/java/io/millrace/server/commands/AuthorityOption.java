package io.millrace.server.commands;

import io.millrace.server.security.Authorities;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose certificates a command believes where it asks by https. */
final class AuthorityOption {

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "Believe the certificates of the authorities in this PEM file alone. Default: those that Java knows.")
  private @Nullable Path file;

  /**
   * What believes them, if any are named.
   *
   * @throws io.millrace.server.ServerException where there are none in the file
   */
  Optional<SSLContext> trust() {
    return Optional.ofNullable(file).map(Authorities::read).map(Authorities::trusting);
  }
}
