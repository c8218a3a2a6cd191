package io.millrace.server.commands;

import io.millrace.server.report.InstancesReport;
import io.millrace.server.report.Reply;
import io.millrace.server.report.ViewClient;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace instances}: shows who is there. */
@Command(
    name = "instances",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the instances of a running Millrace, as any of them knows them: what each does, which partitions of"
          + " cells it works on, and how far its copies of others are behind."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:each partition of cells is worked on",
      "1:some are not; answers are stale or partial",
      "3:nobody answered"
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace instances                                 those of the Millrace that runs here",
      "  millrace instances --target http://127.0.0.1:9000  as another one knows them"
    })
public final class InstancesCommand implements Callable<Integer> {
  private static final int NOT_WHOLE = 1;
  private static final int NO_ANSWER = 3;

  @Mixin private TargetOption target = new TargetOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (var client = new ViewClient(target.target())) {
      return switch (client.instances()) {
        case Reply.Answered<InstancesReport>(InstancesReport report) -> {
          out.print(report.render());
          out.flush();
          yield report.isWhole() ? 0 : NOT_WHOLE;
        }
        case Reply.Unanswered<InstancesReport>(String reason) -> {
          spec.commandLine()
              .getErr()
              .println(
                  "millrace: " + reason + ". Is it running there? Name another with --target.");
          yield NO_ANSWER;
        }
      };
    }
  }
}
