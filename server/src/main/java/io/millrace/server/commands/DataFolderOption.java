package io.millrace.server.commands;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --data}, the same for every command that has it. */
final class DataFolderOption {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = CommandDefaults.DATA_FOLDER,
      description =
          "The folder in which a local Millrace keeps everything. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of(CommandDefaults.DATA_FOLDER);

  Path folder() {
    return folder;
  }
}
