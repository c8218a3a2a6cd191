package io.millrace.server.broker;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One broker of a local Kafka, in a process of its own. It can be stopped, killed and started
 * again, with the same ports and data, as often as one likes.
 *
 * <p>Safe for use by several threads; starts and stops of one broker wait for each other.
 */
public final class LocalBroker {

  private static final Logger log = LoggerFactory.getLogger(LocalBroker.class);

  /** What the process gets beyond its own limit before it is killed. */
  private static final Duration STOP_GRACE = Duration.ofSeconds(3);

  private static final int TAIL_LINES = 15;

  private final BrokerAddress address;
  private final BrokerFiles files;
  private final Map<String, String> settings;
  private final List<String> commandLine;
  private final Duration stopLimit;
  private final Consumer<BrokerDeath> deaths;
  private volatile @Nullable Process process;
  private volatile @Nullable Process askedToEnd;
  private volatile @Nullable BrokerDeath death;

  LocalBroker(
      BrokerAddress address,
      BrokerFiles files,
      Map<String, String> settings,
      List<String> commandLine,
      Duration stopLimit,
      Consumer<BrokerDeath> deaths) {
    this.address = address;
    this.files = files;
    this.settings = Map.copyOf(settings);
    this.commandLine = List.copyOf(commandLine);
    this.stopLimit = stopLimit.plus(STOP_GRACE);
    this.deaths = deaths;
  }

  /** The broker's node id, from 1. */
  public int id() {
    return address.id();
  }

  /** The rack it says it stands in: {@code rack-a}, {@code rack-b}, {@code rack-c}. */
  public String rack() {
    return address.rack();
  }

  /** Its host and port for clients. */
  public String clientAddress() {
    return address.client();
  }

  /** Its port for clients. */
  public int clientPort() {
    return address.clientPort();
  }

  /** Where it logs. */
  public Path logFile() {
    return files.log();
  }

  /** Its process id, while it runs. */
  public Optional<Long> processId() {
    return running().map(Process::pid);
  }

  /** Whether its process runs; it may still be starting. */
  public boolean isRunning() {
    return running().isPresent();
  }

  /**
   * Whether it was never started, or was asked to end and has. One that has just died is neither
   * running nor stopped until its death is known.
   */
  boolean isStopped() {
    Process latest = process;
    return latest == null || (!latest.isAlive() && latest.equals(askedToEnd));
  }

  /** How it ended, when it ended without being asked to since its last start. */
  public Optional<BrokerDeath> death() {
    return Optional.ofNullable(death);
  }

  /** Starts the process unless it runs; does not wait until the broker is ready. */
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    death = null;
    try {
      writeSettings();
      Process started =
          new ProcessBuilder(commandLine)
              .redirectErrorStream(true)
              .redirectOutput(files.output().toFile())
              .start();
      process = started;
      var _ = started.onExit().thenAccept(this::ended);
      log.atInfo()
          .addKeyValue("broker", id())
          .addKeyValue("pid", started.pid())
          .log("Broker process started");
    } catch (IOException problem) {
      throw new ServerException(
          ServerError.LAUNCH_FAILED,
          "Cannot start Kafka broker %d: %s. Look at %s."
              .formatted(id(), problem.getMessage(), files.output()),
          problem);
    }
  }

  /** Has the broker hand over its partitions and end; kills it when that takes too long. */
  public synchronized void stop() {
    beginStop();
    awaitStop();
  }

  /** Kills the process with no chance to tidy up, and waits until it is gone. */
  public synchronized void kill() {
    running()
        .ifPresent(
            running -> {
              askedToEnd = running;
              running.destroyForcibly();
              awaitExit(running);
            });
  }

  synchronized void beginStop() {
    running()
        .ifPresent(
            running -> {
              askedToEnd = running;
              askForEnd(running);
            });
  }

  synchronized void awaitStop() {
    running()
        .filter(running -> !awaitExit(running))
        .ifPresent(
            running -> {
              log.atWarn()
                  .addKeyValue("broker", id())
                  .log("Broker did not stop in time and is killed");
              kill();
            });
  }

  private Optional<Process> running() {
    return Optional.ofNullable(process).filter(Process::isAlive);
  }

  private void writeSettings() throws IOException {
    var properties = new Properties();
    properties.putAll(settings);
    try (Writer writer = Files.newBufferedWriter(files.settings())) {
      properties.store(writer, "Written anew at each start; changes are lost");
    }
  }

  private void ended(Process ended) {
    if (ended.equals(askedToEnd)) {
      log.atInfo()
          .addKeyValue("broker", id())
          .addKeyValue("exitCode", ended.exitValue())
          .log("Broker ended");
      return;
    }
    List<String> lastLines = new ArrayList<>(LogTail.of(files.log(), TAIL_LINES));
    lastLines.addAll(LogTail.of(files.output(), TAIL_LINES));
    var unasked = new BrokerDeath(id(), ended.pid(), ended.exitValue(), files.log(), lastLines);
    death = unasked;
    deaths.accept(unasked);
  }

  private void askForEnd(Process running) {
    try (OutputStream input = running.getOutputStream()) {
      input.write('.');
    } catch (IOException alreadyGone) {
      log.atDebug().addKeyValue("broker", id()).log("The broker is gone already");
    }
  }

  private boolean awaitExit(Process process) {
    try {
      return process.waitFor(stopLimit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
