package io.millrace.server.broker;

import io.millrace.server.ProcessLock;
import java.io.IOException;
import java.io.Reader;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs in a broker's process: takes the lock of its data, formats it at the first start, and
 * runs the broker until the parent process asks for an end on this one's standard input, or ends in
 * any way. So no broker outlives the process that started it.
 *
 * <p>Arguments: the file with the broker's settings, and the cluster's id.
 */
public final class BrokerMain {

  /** System property: how many seconds an orderly stop may take before the process is cut off. */
  static final String STOP_SECONDS = "millrace.broker.stop-seconds";

  private static final int STOP_SECONDS_UNLESS_TOLD = 15;
  private static final Logger log = LoggerFactory.getLogger(BrokerMain.class);

  private BrokerMain() {}

  /** Runs the broker; ends the process. */
  public static void main(String[] arguments) {
    TerminalSignals.ignore();
    try {
      run(Path.of(arguments[0]), arguments[1]);
    } catch (Throwable problem) {
      // The streams of this process go to a file: what stands there is the last resort when logging
      // itself fails.
      System.err.println(problem);
      log.atError().setCause(problem).log("The broker failed");
      Runtime.getRuntime().halt(exitFor(problem).code());
    }
  }

  private static void run(Path settingsFile, String clusterId) throws Exception {
    // Held until the process ends: the operating system gives it back.
    Optional<ProcessLock> lock = ProcessLock.tryAcquire(lockFile(settingsFile));
    if (lock.isEmpty()) {
      System.err.println("Another process holds " + lockFile(settingsFile));
      Runtime.getRuntime().halt(BrokerExit.DATA_HELD.code());
    }
    Properties settings = read(settingsFile);
    var config = new KafkaConfig(settings, false);
    BrokerStorage.formatOnce(config, clusterId);
    // A parent that was killed may have left a commit half marked. An orderly stop could leave it
    // so for ever, while the start after none mends it: see FormerRegistration.
    ParentWatch.start(
        System.in, () -> Exit.exit(0), () -> Runtime.getRuntime().halt(BrokerExit.ORPHANED.code()));
    if (FormerRegistration.isLeftIn(Path.of(config.metadataLogDir()))) {
      FormerRegistration.takeBack(settings);
    }
    var server = new KafkaRaftServer(config, Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "broker-stop"));
    server.startup();
    server.awaitShutdown();
  }

  /** The lock that a running broker holds, given the file of its settings. */
  static Path lockFile(Path settingsFile) {
    return settingsFile.resolveSibling(
        settingsFile.getFileName().toString().replace(".properties", ".lock"));
  }

  private static void stop(KafkaRaftServer server) {
    long limit = Long.getLong(STOP_SECONDS, STOP_SECONDS_UNLESS_TOLD);
    ParentWatch.haltAfter(Duration.ofSeconds(limit), BrokerExit.CUT_OFF.code());
    server.shutdown();
  }

  private static Properties read(Path settingsFile) throws IOException {
    var settings = new Properties();
    try (Reader reader = Files.newBufferedReader(settingsFile)) {
      settings.load(reader);
    }
    return settings;
  }

  private static BrokerExit exitFor(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return BrokerExit.PORT_TAKEN;
      }
    }
    return BrokerExit.FAILED;
  }
}
