package io.millrace.server.broker;

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
    description = "Makes the cache with which the local Kafka starts in less time.")
public final class WarmUpCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    Optional<AotCache> cache = AotCache.of(JavaProgram.current());
    if (cache.isEmpty()) {
      out.println(
          "Nothing to do: only a packaged millrace, with its jars in one folder lib, has a cache.");
    } else if (cache.get().exists()) {
      out.println("The cache " + cache.get().file() + " is up to date.");
    } else {
      new BrokerTraining(cache.get()).run();
      out.println("Made the cache " + cache.get().file());
    }
    out.flush();
    return 0;
  }
}
