package io.millrace.server.commands;

import io.millrace.server.drill.Drill;
import io.millrace.server.drill.Drills;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace drill run}: some drills or all, on one cluster. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs drills, one after the other, on one cluster.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:none failed", "1:one failed, or could not be carried through"})
final class DrillRunCommand implements Callable<Integer> {
  private static final String ALL = "all";

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "Names of drills, or all.")
  private List<String> names = List.of();

  @Option(
      names = "--control",
      description =
          "Do careless things on purpose, which the checks must catch. With all they are done anyway.")
  private boolean control;

  @Mixin private DrillOptions options = new DrillOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean isAll = names.equals(List.of(ALL));
    List<Drill> drills = isAll ? Drills.all() : names.stream().map(this::named).toList();
    if (drills.isEmpty() && !control) {
      throw new ParameterException(spec.commandLine(), "Name drills, or all, or --control");
    }
    return options.run(drills, isAll || control, spec);
  }

  private Drill named(String name) {
    return Drills.named(name)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "There is no drill '" + name + "'; millrace drill list tells which there are"));
  }
}
