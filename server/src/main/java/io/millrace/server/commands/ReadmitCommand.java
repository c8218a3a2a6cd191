package io.millrace.server.commands;

import io.millrace.model.Outcome;
import io.millrace.model.Readmission;
import io.millrace.model.SiteId;
import io.millrace.ops.LaneReadmission;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace readmit}: sends events that were not counted in again, so that they are. */
@Command(
    name = "readmit",
    mixinStandardHelpOptions = true,
    description = {
      "Sends events of the topic rejected-clicks in again, marked so that they count: late ones whatever their age,"
          + " those of bots whoever sent them.",
      "Running it again counts nothing twice. Events that first came more than 29 days ago stay where they are."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace readmit --reason late --dry-run             how many there are",
      "  millrace readmit --reason late --site shop.example"
    })
public final class ReadmitCommand implements Callable<Integer> {

  @Option(
      names = "--reason",
      paramLabel = "late|bot",
      required = true,
      description = "Which events: those judged late, or those of bots.")
  private String reason = "";

  @Option(
      names = "--site",
      paramLabel = "SITE",
      description = "Only events of this site. Default: all.")
  private @Nullable String site;

  @Option(names = "--dry-run", description = "Count them, and send nothing.")
  private boolean dryRun;

  @Mixin private KafkaOption kafka = new KafkaOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var selection = new LaneReadmission.Selection(outcome(), siteId());
    try (LaneReadmission readmission =
        LaneReadmission.open(kafka.connection(), kafka.namespace())) {
      print(readmission.run(selection, !dryRun));
    }
    return 0;
  }

  private void print(LaneReadmission.Report report) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%,d %s events %s.%n",
        report.readmitted(),
        reason,
        dryRun ? "can be sent in again" : "were sent in again; those that were before count once");
    if (report.tooOld() > 0) {
      out.printf(
          Locale.ROOT,
          "%,d that first came more than %d days ago stay in rejected-clicks.%n",
          report.tooOld(),
          Readmission.OLDEST.toDays());
    }
    out.flush();
  }

  private Outcome outcome() {
    return switch (reason) {
      case "late" -> Outcome.LATE;
      case "bot" -> Outcome.BOT;
      default -> throw bad("--reason: '" + reason + "' is neither late nor bot");
    };
  }

  private Optional<SiteId> siteId() {
    if (site != null && !SiteId.isValid(site)) {
      throw bad(
          "--site: '"
              + site
              + "' is not a host name of lower-case letters, digits, dots and hyphens");
    }
    return Optional.ofNullable(site).map(SiteId::new);
  }

  private ParameterException bad(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
