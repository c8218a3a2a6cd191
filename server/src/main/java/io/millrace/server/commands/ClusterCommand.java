package io.millrace.server.commands;

import io.millrace.model.SiteId;
import io.millrace.model.control.Permission;
import io.millrace.server.ApplicationLog;
import io.millrace.server.broker.Hosting;
import io.millrace.server.broker.RestartPolicy;
import io.millrace.server.cluster.ClusterConfig;
import io.millrace.server.cluster.ClusterTable;
import io.millrace.server.cluster.LocalCluster;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace cluster}: all parts of a cluster on this machine, each in its own process. */
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a cluster on this machine, each part in a process of its own: brokers in racks with a"
          + " copy of every topic each, processors that share the work and answer questions, and"
          + " collectors.",
      "For trying out what happens when parts fail: end any of them, and look at the books."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace cluster                                three brokers, two processors, two"
          + " collectors",
      "  millrace cluster --processors 3 --for 10m       ends by itself"
    })
public final class ClusterCommand implements Callable<Integer> {
  private static final SiteId SITE = new SiteId("demo");

  /** As that of the demo: it opens one site on the loopback interface alone. */
  private static final String KEY = "demo";

  @Option(
      names = "--brokers",
      paramLabel = "1|3",
      defaultValue = "3",
      description = "How many brokers. Default: ${DEFAULT-VALUE}.")
  private int brokers;

  @Option(
      names = "--processors",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many processors; each answers questions too. Default: ${DEFAULT-VALUE}.")
  private int processors;

  @Option(
      names = "--collectors",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many collectors. Default: ${DEFAULT-VALUE}.")
  private int collectors;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "millrace-data/cluster",
      description = "Where data and logs go. Default: ${DEFAULT-VALUE}.")
  private Path data = Path.of("");

  @Option(
      names = "--for",
      paramLabel = "60s",
      converter = DurationOption.class,
      description = "End after this time. Default: run until Ctrl-C.")
  private @Nullable Duration duration;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    ClusterConfig config = config();
    ApplicationLog.writeTo(config.dataFolder().resolve("logs"));
    Hosting hosting = Hosting.HERE.withRestarts(RestartPolicy.USUAL);
    try (LocalCluster cluster = LocalCluster.start(config, hosting, this::announce)) {
      cluster.admit(SITE, "Demo site", KEY, EnumSet.of(Permission.ON_BEHALF));
      greet(cluster);
      if (duration == null) {
        new CountDownLatch(1).await();
      } else {
        TimeUnit.MILLISECONDS.sleep(duration.toMillis());
      }
      return 0;
    }
  }

  private ClusterConfig config() {
    try {
      return ClusterConfig.of(data, brokers, processors, collectors);
    } catch (IllegalArgumentException badOption) {
      throw new ParameterException(spec.commandLine(), badOption.getMessage(), badOption);
    }
  }

  private void greet(LocalCluster cluster) {
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    out.print(ClusterTable.of(cluster));
    out.printf(
        "%n  Data and logs  %s%n%nTry in another terminal:%n  curl %s/v1/events -H 'Authorization:"
            + " Bearer %s' --json '{\"url\":\"https://shop.example/cart\"}'%n  millrace audit"
            + " --target %s%n  kill -9 PID of any of them; brokers are started again, the others"
            + " not. millrace drill does such things and proves the outcome.%n%n%s%n",
        cluster.config().dataFolder(),
        cluster.collectors().getFirst().url(),
        KEY,
        cluster.processors().getFirst().url(),
        duration == null
            ? "Ctrl-C stops it; the data stays."
            : "Ends by itself after " + duration.toSeconds() + " s.");
    out.flush();
  }

  private void announce(String step) {
    spec.commandLine().getErr().println(step + " …");
  }
}
