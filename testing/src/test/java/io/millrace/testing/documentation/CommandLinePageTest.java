package io.millrace.testing.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.Main;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class CommandLinePageTest {

  @Test
  void thePageHasTheHelpOfEachCommandToTheLetter() {
    List<String> helps = new ArrayList<>();
    addHelps(Main.commandLine(), helps);

    assertThat(Page.read("reference/command-line.md").blocks("text"))
        .containsExactlyElementsOf(helps);
  }

  /** A command's, then those of its own commands, and so on. */
  private static void addHelps(CommandLine command, List<String> helps) {
    helps.add(help(command));
    command.getSubcommands().values().stream()
        .filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
        .forEach(sub -> addHelps(sub, helps));
  }

  private static String help(CommandLine command) {
    return command.getUsageMessage(Ansi.OFF).replace(System.lineSeparator(), "\n");
  }
}
