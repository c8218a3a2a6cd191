package io.millrace.server.commands;

import io.millrace.server.doctor.Examination;
import io.millrace.server.doctor.ExaminationReport;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace doctor}: whether a cluster and this machine suit an instance. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at the Kafka cluster and the machine that an instance would have, and says what does not suit and what"
          + " to do: versions, copies and settings that keep what is acknowledged, topics, rights, clocks, disk.",
      "It changes nothing, but makes the topic 'doctor' of the namespace to measure with, and deletes it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:no problem; there may be warnings", "1:there is a problem"},
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace doctor --config millrace.yaml",
      "  millrace doctor --kafka 127.0.0.1:9092 --set topics.replication-factor=1 --read-only"
    })
public final class DoctorCommand implements Callable<Integer> {
  private static final int UNWELL = 1;

  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--read-only",
      description = "Make no topic; so clocks and delays are not measured.")
  private boolean readOnly;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var report = new ExaminationReport(new Examination(config.load().config(), !readOnly).run());
    PrintWriter out = spec.commandLine().getOut();
    out.print(report.render());
    out.flush();
    return report.isWell() ? 0 : UNWELL;
  }
}
