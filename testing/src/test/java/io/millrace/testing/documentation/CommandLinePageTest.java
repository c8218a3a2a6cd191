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
    CommandLine program = Main.commandLine();
    helps.add(help(program));
    program.getSubcommands().values().stream()
        .filter(command -> !command.getCommandSpec().usageMessage().hidden())
        .map(CommandLinePageTest::help)
        .forEach(helps::add);

    assertThat(Page.read("reference/command-line.md").blocks("text"))
        .containsExactlyElementsOf(helps);
  }

  private static String help(CommandLine command) {
    return command.getUsageMessage(Ansi.OFF).replace(System.lineSeparator(), "\n");
  }
}
