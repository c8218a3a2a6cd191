package io.millrace.server.broker;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code millrace warm-up}: makes the cache of classes that lets the local broker start in less
 * time. The launcher runs it once after a build; nothing depends on it.
 */
@Command(
    name = "warm-up",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Makes the caches with which millrace and its local Kafka start in less time.")
public final class WarmUpCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Optional<AotCache> brokers = AotCache.ofBroker();
    Optional<AotCache> applications = AotCache.ofApplication();
    if (brokers.isEmpty() || applications.isEmpty()) {
      out.println(
          "Nothing to do: only the launcher of a packaged millrace names a folder for caches.");
      return 0;
    }
    brokers.filter(cache -> !cache.exists()).ifPresent(cache -> new BrokerTraining(cache).run());
    applications
        .filter(cache -> !cache.exists())
        .ifPresent(cache -> new ApplicationTraining(cache).run());
    out.println("The caches are in " + brokers.get().file().getParent());
    return 0;
  }
}
