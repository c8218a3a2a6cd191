package io.millrace.server.commands;

import io.millrace.server.drill.Soak;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace drill soak}: failures by chance for a long time. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    description =
        "Lets parts fail by chance, one after the other; looks at the books every minute and at"
            + " everything at the end.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything is right",
      "1:something is not, or it could not be carried through"
    })
final class DrillSoakCommand implements Callable<Integer> {
  @Option(
      names = "--for",
      paramLabel = "30m",
      converter = DurationOption.class,
      defaultValue = "30m",
      description = "For how long. Default: ${DEFAULT-VALUE}.")
  private Duration duration = Duration.ofMinutes(30);

  @Mixin private DrillOptions options = new DrillOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return options.run(List.of(Soak.of(duration)), false, spec);
  }
}
