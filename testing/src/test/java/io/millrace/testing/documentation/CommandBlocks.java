package io.millrace.testing.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.harness.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs the blocks of a page as they stand there, but for what differs where they run. */
record CommandBlocks(Path folder, Map<String, String> replacements) {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** The program is found as where it is installed. */
  private static final String PATH = "PATH=.:$PATH\n";

  /** Runs each once, in their order; each has to end with 0. */
  void runAll(List<String> blocks) {
    assertThat(blocks).isNotEmpty();
    var shell = new Shell(folder, PATIENCE);
    for (String block : blocks.stream().distinct().toList()) {
      String commands = block;
      for (var replacement : replacements.entrySet()) {
        commands = commands.replace(replacement.getKey(), replacement.getValue());
      }
      Shell.Result result = shell.run(PATH + commands);
      assertThat(result.exitCode()).as(commands + result.output()).isZero();
    }
  }
}
