package io.millrace.server.commands;

import io.millrace.ops.ControlHistory;
import io.millrace.server.report.ChangeText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace history}: shows who has changed what, and when. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = {
      "Shows who has changed what, and when: sites, keys, tokens, views and tables, since the beginning.",
      "The time is that of the broker's log, the name that of the token or the user of the command line."
    },
    footerHeading = "%nExample:%n",
    footer = "  millrace history")
public final class HistoryCommand implements Callable<Integer> {

  @Mixin private KafkaOption kafka = new KafkaOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ControlHistory.read(
        kafka.connection(), kafka.namespace(), entry -> out.println(ChangeText.of(entry)));
    out.flush();
    return 0;
  }
}
