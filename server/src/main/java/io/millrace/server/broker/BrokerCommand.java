package io.millrace.server.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The command line of a broker's process.
 *
 * @param program the JVM and the class path
 * @param heapMegabytes the broker's heap
 * @param extraFlags flags for this JVM beside the usual ones
 * @param stopLimit how long an orderly stop may take before the process cuts itself off
 */
record BrokerCommand(
    JavaProgram program, int heapMegabytes, List<String> extraFlags, Duration stopLimit) {

  /** System property: more flags for brokers' JVMs, separated by blanks. */
  static final String FLAGS = "millrace.broker.flags";

  private static final String COMPILE_QUICKLY = "-XX:TieredStopAtLevel=1";
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  BrokerCommand {
    extraFlags = List.copyOf(extraFlags);
  }

  /**
   * The usual command: this process's JVM and class path, with the cache of classes when there is
   * one.
   */
  static BrokerCommand usual(LocalKafkaConfig config) {
    List<String> cache = AotCache.ofBroker().map(AotCache::useFlags).orElse(List.of());
    List<String> compiler = config.sharesMachine() ? List.of(COMPILE_QUICKLY) : List.of();
    Stream<String> told = Pattern.compile(" ").splitAsStream(System.getProperty(FLAGS, ""));
    List<String> flags =
        Stream.of(cache.stream(), compiler.stream(), told.filter(flag -> !flag.isEmpty()))
            .flatMap(Function.identity())
            .toList();
    return new BrokerCommand(JavaProgram.current(), config.heapMegabytes(), flags, STOP_LIMIT);
  }

  List<String> line(BrokerFiles files, String clusterId) {
    List<String> flags = new ArrayList<>();
    flags.add("-Xmx" + heapMegabytes + "m");
    flags.add("-XX:+UseSerialGC");
    flags.add("-XX:+ExitOnOutOfMemoryError");
    flags.add("-XX:ErrorFile=" + files.crash());
    flags.add("--enable-native-access=ALL-UNNAMED");
    flags.add("--sun-misc-unsafe-memory-access=allow");
    flags.add("-Dlog4j2.configurationFile=millrace-broker-log4j2.xml");
    flags.add("-Dmillrace.broker.log=" + files.log());
    flags.add("-D" + BrokerMain.STOP_SECONDS + "=" + stopLimit.toSeconds());
    flags.addAll(extraFlags);
    return program.command(
        flags, BrokerMain.class, List.of(files.settings().toString(), clusterId));
  }
}
