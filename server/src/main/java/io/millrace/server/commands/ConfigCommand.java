package io.millrace.server.commands;

import io.millrace.server.config.ConfigText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace config}: what an instance would be told, and by whom. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the configuration that an instance would have, of file, environment and options, as a file in YAML."
          + " Behind each setting stands where it comes from; secrets are not shown.",
      "Where something is wrong, all of it is told at once."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:an instance can be started with it", "1:it cannot; the reasons are told"},
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace config --config /etc/millrace/millrace.yaml",
      "  millrace config --kafka 127.0.0.1:9092 --set judge.allowed-lateness=24h"
    })
public final class ConfigCommand implements Callable<Integer> {
  @Mixin private ConfigOption options = new ConfigOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(ConfigText.of(options.load().settings()));
    out.flush();
    return 0;
  }
}
