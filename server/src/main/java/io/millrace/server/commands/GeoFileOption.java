package io.millrace.server.commands;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option {@code --geo-file} of the commands that enrich events. */
final class GeoFileOption {
  @Option(
      names = "--geo-file",
      paramLabel = "FILE",
      description =
          "A MaxMind DB file with countries, or with cities as well, to use instead of the one in the box. Another"
              + " file in its place is used within seconds.")
  private @Nullable Path file;

  /** The file, if one was named, which is there to be read. */
  Optional<Path> checked(CommandSpec spec) {
    if (file != null && (!Files.isReadable(file) || Files.isDirectory(file))) {
      throw new ParameterException(spec.commandLine(), "--geo-file: cannot read " + file);
    }
    return Optional.ofNullable(file);
  }
}
