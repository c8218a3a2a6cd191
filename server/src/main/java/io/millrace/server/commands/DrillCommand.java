package io.millrace.server.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace drill}: planned failures that end with a proof. */
@Command(
    name = "drill",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Starts a cluster on this machine, sends events to it with a ledger of what was acknowledged, lets parts of it"
          + " fail, and then proves that nothing was lost, doubled or misplaced: ledger against log, log against"
          + " outcomes, books, and every built-in view against an oracle.",
      "Each check is shown faults that are planted, and must find them."
    },
    subcommands = {DrillListCommand.class, DrillRunCommand.class, DrillSoakCommand.class},
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace drill list                      what there is",
      "  millrace drill run kill-leader           one of them",
      "  millrace drill run all --report drills   all, with a page of what was seen",
      "  millrace drill soak --for 30m            failures by chance"
    })
public final class DrillCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Without a command, shows what there is. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
