package io.millrace.server.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace secure}: certificates, users and secrets of a cluster. */
@Command(
    name = "secure",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Makes what a secured cluster needs: certificates, users with passwords, secrets.",
    subcommands = SecureInitCommand.class)
public final class SecureCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Without a command, shows what there is. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
