package io.millrace.server.commands;

import io.millrace.server.drill.Drill;
import io.millrace.server.drill.Drills;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace drill list}: what there is, and what this machine cannot have. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "Tells which drills there are, what each shows, and which this machine cannot have.")
final class DrillListCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    for (Drill drill : Drills.all()) {
      out.printf("%s%n    %s%n", drill.name(), drill.shows());
      drill.obstacle().get().ifPresent(reason -> out.printf("    not here: %s%n", reason));
    }
    out.flush();
  }
}
