package io.millrace.server.commands;

import io.millrace.server.report.Audit;
import io.millrace.server.report.AuditReport;
import io.millrace.server.report.Reply;
import io.millrace.server.report.ViewClient;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace audit}: shows whether the books of a running Millrace balance. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Shows whether the books of a running Millrace balance: for each partition of click-events the events"
          + " that were accepted, what became of them, and the difference.",
      "Accepted and processed are Kafka's own offsets; outcomes come from the views."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:balanced", "1:not balanced; the table shows where", "3:nobody answered"},
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace audit                                 the demo that runs here",
      "  millrace audit --target http://127.0.0.1:9000  another one"
    })
public final class AuditCommand implements Callable<Integer> {
  private static final int NOT_BALANCED = 1;
  private static final int NO_ANSWER = 3;

  @Mixin private TargetOption target = new TargetOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (var client = new ViewClient(target.target())) {
      return switch (client.audit()) {
        case Reply.Answered<Audit>(Audit audit) -> {
          out.print(new AuditReport(audit).render());
          out.flush();
          yield audit.balanced() ? 0 : NOT_BALANCED;
        }
        case Reply.Unanswered<Audit>(String reason) -> {
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
