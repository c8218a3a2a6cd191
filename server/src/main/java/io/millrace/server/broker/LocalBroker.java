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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
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

  /** Between two looks whether there is room again. */
  private static final Duration ROOM_PAUSE = Duration.ofSeconds(1);

  private final BrokerAddress address;
  private final BrokerFiles files;
  private final Map<String, String> settings;
  private final List<String> commandLine;
  private final BrokerPlace place;
  private final Duration stopLimit;
  private final BrokerRestarts restarts;
  private final Consumer<BrokerDeath> deaths;
  private final BrokerRoom room;
  private volatile @Nullable Process process;
  private volatile @Nullable Process askedToEnd;
  private volatile boolean isWanted;
  private volatile boolean isStartedAgain;
  private boolean isAwaitingRoom;
  private volatile long startedNanos;
  private volatile @Nullable BrokerDeath death;

  LocalBroker(
      BrokerAddress address,
      BrokerFiles files,
      Map<String, String> settings,
      List<String> commandLine,
      BrokerPlace place,
      Duration stopLimit,
      BrokerRestarts restarts,
      Consumer<BrokerDeath> deaths) {
    this.address = address;
    this.files = files;
    this.settings = Map.copyOf(settings);
    this.commandLine = Stream.concat(place.enter().stream(), commandLine.stream()).toList();
    this.place = place;
    this.stopLimit = stopLimit.plus(STOP_GRACE);
    this.restarts = restarts;
    this.deaths = deaths;
    this.room = new BrokerRoom(files.data());
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

  /** The address, as digits, that it listens on. */
  public String host() {
    return address.host();
  }

  /** Its port for clients. */
  public int clientPort() {
    return address.clientPort();
  }

  /** Where it keeps its data. */
  public Path dataFolder() {
    return files.data();
  }

  /** How often it ended by itself and was started again. */
  public int restarts() {
    return restarts.total();
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
   * running nor stopped until its death is known, and one that will be started again neither.
   */
  boolean isStopped() {
    Process latest = process;
    return latest == null || (!latest.isAlive() && !isWanted);
  }

  /**
   * How it ended, when it ended without being asked to since its last start and is not started
   * again.
   */
  public Optional<BrokerDeath> death() {
    return Optional.ofNullable(death);
  }

  /**
   * Starts the process unless it runs; does not wait until the broker is ready.
   *
   * @throws ServerException when its disk is full, or the process cannot be started
   */
  public synchronized void start() {
    if (!isRunning()) {
      room.require();
    }
    isWanted = true;
    launch();
  }

  private void launch() {
    if (isRunning()) {
      return;
    }
    death = null;
    isAwaitingRoom = false;
    try {
      writeSettings();
      var builder =
          new ProcessBuilder(commandLine)
              .redirectErrorStream(true)
              .redirectOutput(files.output().toFile());
      builder.environment().putAll(place.environment());
      Process started = builder.start();
      process = started;
      startedNanos = System.nanoTime();
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
    isWanted = false;
    running()
        .ifPresent(
            running -> {
              askedToEnd = running;
              running.destroyForcibly();
              awaitExit(running);
            });
  }

  /** From now on it is started again, if its restarts say so: a first start fails loudly. */
  void startAgainFromNowOn() {
    isStartedAgain = true;
  }

  synchronized void beginStop() {
    isWanted = false;
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
    Duration lived = Duration.ofNanos(System.nanoTime() - startedNanos);
    Optional<Duration> pause = isStartedAgain ? restarts.afterEnd(lived) : Optional.empty();
    if (pause.isEmpty()) {
      leave(unasked);
      return;
    }
    log.atWarn()
        .addKeyValue("broker", id())
        .addKeyValue("exitCode", ended.exitValue())
        .addKeyValue("pause", pause.get())
        .log("A broker ended by itself and is started again");
    after(pause.get(), () -> startAgain(ended, unasked));
  }

  private static void after(Duration pause, Runnable task) {
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS).execute(task);
  }

  private void leave(BrokerDeath unasked) {
    death = unasked;
    deaths.accept(unasked);
  }

  /** When there is room, and unless it was stopped, or started by somebody else, meanwhile. */
  private synchronized void startAgain(Process ended, BrokerDeath unasked) {
    if (!isWanted || !ended.equals(process)) {
      return;
    }
    if (!room.isEnough()) {
      awaitRoom(ended, unasked);
      return;
    }
    try {
      launch();
      restarts.started();
    } catch (ServerException failure) {
      log.atError().setCause(failure).addKeyValue("broker", id()).log("Cannot start it again");
      leave(unasked);
    }
  }

  private void awaitRoom(Process ended, BrokerDeath unasked) {
    if (!isAwaitingRoom) {
      isAwaitingRoom = true;
      log.atWarn()
          .addKeyValue("broker", id())
          .addKeyValue("folder", files.data())
          .log("Its disk is full: the broker is started again when there is room");
    }
    after(ROOM_PAUSE, () -> startAgain(ended, unasked));
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
