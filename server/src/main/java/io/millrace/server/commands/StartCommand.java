package io.millrace.server.commands;

import io.millrace.ops.doctor.Finding;
import io.millrace.ops.doctor.ListenerCheck;
import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import io.millrace.server.config.MillraceConfig;
import io.millrace.server.instance.Instance;
import io.millrace.server.instance.InstanceConfig;
import io.millrace.server.instance.Role;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace start}: an instance, in any mix of roles, on a Kafka that is there already. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = {
      "Starts an instance on a Kafka cluster: a collector of events, a processor that counts them, a query server"
          + " with the dashboard, or any mix of these. Instances of one namespace share the work.",
      "millrace config shows what holds, millrace doctor whether the cluster suits."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped",
      "1:could not start, or something failed without which it cannot go on"
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace start --config millrace.yaml",
      "  millrace start --kafka kafka1:9092 --roles collector --port 8081"
    })
public final class StartCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final double NANOS = 1e9;

  @Mixin private ConfigOption config = new ConfigOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    long begun = System.nanoTime();
    MillraceConfig loaded = config.load().config();
    requireSameProtocol(loaded);
    InstanceConfig instanceConfig = InstanceConfig.of(loaded);
    try (Instance instance =
        Instance.start(instanceConfig, loaded.kafka().toMap(), this::announce)) {
      greet(instance, loaded, (System.nanoTime() - begun) / NANOS);
      String failure = instance.failure().get();
      spec.commandLine().getErr().println("millrace: " + failure);
      return FAILED;
    }
  }

  private static void requireSameProtocol(MillraceConfig loaded) {
    List<Finding> mismatches = ListenerCheck.mismatches(loaded.kafka().toMap());
    if (!mismatches.isEmpty()) {
      throw new ServerException(
          ServerError.CONFIG_INVALID,
          mismatches.stream()
              .map(mismatch -> mismatch.what() + ": " + mismatch.advice() + ".")
              .collect(Collectors.joining("\n")));
    }
  }

  private void greet(Instance instance, MillraceConfig loaded, double seconds) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "Millrace serves as %s at %s, after %.1f s.%n",
        loaded.roles().stream().sorted().map(Role::label).collect(Collectors.joining(", ")),
        instance.url(),
        seconds);
    out.flush();
  }

  private void announce(String step) {
    spec.commandLine().getErr().println(step + " …");
  }
}
