package io.millrace.server;

import io.millrace.ops.OperationsException;
import io.millrace.server.broker.KafkaCommand;
import io.millrace.server.broker.WarmUpCommand;
import io.millrace.server.commands.AclsCommand;
import io.millrace.server.commands.AuditCommand;
import io.millrace.server.commands.ClusterCommand;
import io.millrace.server.commands.ConfigCommand;
import io.millrace.server.commands.DemoCommand;
import io.millrace.server.commands.DoctorCommand;
import io.millrace.server.commands.DrillCommand;
import io.millrace.server.commands.GrowCommand;
import io.millrace.server.commands.HistoryCommand;
import io.millrace.server.commands.ImportCommand;
import io.millrace.server.commands.InstancesCommand;
import io.millrace.server.commands.KeyCommand;
import io.millrace.server.commands.LoadCommand;
import io.millrace.server.commands.ReadmitCommand;
import io.millrace.server.commands.SecureCommand;
import io.millrace.server.commands.SiteCommand;
import io.millrace.server.commands.SqlCommand;
import io.millrace.server.commands.StartCommand;
import io.millrace.server.commands.TokenCommand;
import java.io.IOException;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The command {@code millrace}: finds the subcommand, runs it, and turns what goes wrong into a
 * message and an exit code.
 */
@Command(
    name = "millrace",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Real-time clickstream analytics on Apache Kafka, in one program.",
    subcommands = {
      DemoCommand.class,
      StartCommand.class,
      ImportCommand.class,
      SqlCommand.class,
      AuditCommand.class,
      InstancesCommand.class,
      ReadmitCommand.class,
      KeyCommand.class,
      SiteCommand.class,
      TokenCommand.class,
      HistoryCommand.class,
      LoadCommand.class,
      ConfigCommand.class,
      DoctorCommand.class,
      GrowCommand.class,
      KafkaCommand.class,
      ClusterCommand.class,
      DrillCommand.class,
      SecureCommand.class,
      AclsCommand.class,
      WarmUpCommand.class
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace demo                       everything, with traffic, at http://127.0.0.1:8080",
      "  millrace import access.log.gz       a report of an access log",
      "  millrace sql                        a shell for questions in SQL",
      "  millrace audit                      proof that nothing was lost or counted twice",
      "",
      "millrace COMMAND --help tells more."
    })
public final class Main implements Runnable {

  private static final int FAILED = 1;

  /** What sysexits.h calls EX_SOFTWARE; apart from every exit code that a command explains. */
  private static final int BROKEN = 70;

  private static final int HELP_WIDTH = 110;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The whole command line, not yet run. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setUsageHelpWidth(HELP_WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Main::report);
  }

  /** Without a command, shows what there is. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int report(Exception problem, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    Logger log = LoggerFactory.getLogger(Main.class);
    return switch (problem) {
      case ServerException known -> {
        log.atInfo().setCause(known).addKeyValue("error", known.error()).log("The command failed");
        err.println("millrace: " + known.getMessage());
        yield FAILED;
      }
      case OperationsException known -> {
        log.atInfo().setCause(known).addKeyValue("error", known.code()).log("The command failed");
        err.println("millrace: " + known.getMessage());
        yield FAILED;
      }
      case IOException unreadable -> {
        log.atInfo().setCause(unreadable).log("The command failed");
        err.println("millrace: cannot read or write: " + unreadable.getMessage());
        yield FAILED;
      }
      default -> {
        err.println("millrace: an error nobody has thought of. Please report it with these lines:");
        problem.printStackTrace(err);
        yield BROKEN;
      }
    };
  }
}
