package io.millrace.server.cluster;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import io.millrace.server.fault.Fault;
import io.millrace.server.fault.PausedProcess;
import io.millrace.server.instance.Role;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process of one or more roles. It can be stopped, killed, paused and started again, with the
 * same address and data, as often as one likes. Safe for use by several threads; starts and stops
 * of one process wait for each other.
 */
public final class ClusterProcess {
  private static final Logger log = LoggerFactory.getLogger(ClusterProcess.class);

  /** Beyond what the process itself takes before it is cut off. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(35);

  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(3);

  /** Offsets of all changelogs together, of which an event makes a few. */
  private static final int MOST_BEHIND = 1_000;

  /** One for all, since they are asked several times a second while they start. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(ASK_TIMEOUT).build();

  private final String name;
  private final Set<Role> roles;
  private final URI url;
  private final RoleFiles files;
  private final String configuration;
  private final List<String> commandLine;
  private volatile @Nullable Process process;
  private volatile @Nullable Fault pause;
  private volatile Map<String, String> environment = Map.of();
  private final AtomicInteger endedByItself = new AtomicInteger();

  /** Of the present process: one that has ended may be noted after the next has been started. */
  private volatile AtomicBoolean isToldToEnd = new AtomicBoolean();

  ClusterProcess(
      String name,
      Set<Role> roles,
      URI url,
      RoleFiles files,
      String configuration,
      List<String> commandLine) {
    this.name = name;
    this.roles = Set.copyOf(roles);
    this.url = url;
    this.files = files;
    this.configuration = configuration;
    this.commandLine = List.copyOf(commandLine);
  }

  /** Such as {@code processor-1}. */
  public String name() {
    return name;
  }

  public Set<Role> roles() {
    return roles;
  }

  public boolean has(Role role) {
    return roles.contains(role);
  }

  /** Where it serves, while it runs. */
  public URI url() {
    return url;
  }

  /** Where it keeps its state. */
  public Path dataFolder() {
    return files.data();
  }

  /** Where a processor keeps its stores. */
  public Path stateFolder() {
    return files.data().resolve("state");
  }

  /** What it has in its environment beyond what this process has, from its next start on. */
  public void setEnvironment(Map<String, String> variables) {
    environment = Map.copyOf(variables);
  }

  /** What it has written to standard output and error, at all of its starts. */
  public Path outputFile() {
    return files.output();
  }

  /** Its process id, while it runs. */
  public Optional<Long> processId() {
    return running().map(Process::pid);
  }

  /** Whether there is a process; it may still be starting, or paused. */
  public boolean isRunning() {
    return running().isPresent();
  }

  public boolean isPaused() {
    return pause != null && isRunning();
  }

  /** Starts the process unless it runs; does not wait until it serves. */
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    files.write(configuration);
    try {
      var builder =
          new ProcessBuilder(commandLine)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(files.output().toFile()));
      // What configures this process is not meant for the parts of the cluster.
      builder.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_"));
      builder.environment().putAll(environment);
      var isTold = new AtomicBoolean();
      isToldToEnd = isTold;
      Process started = builder.start();
      process = started;
      var _ = started.onExit().thenRun(() -> noteEnd(isTold));
      pause = null;
      log.atInfo()
          .addKeyValue("process", name)
          .addKeyValue("pid", started.pid())
          .log("Process started");
    } catch (IOException problem) {
      throw new ServerException(
          ServerError.LAUNCH_FAILED,
          "Cannot start %s: %s. Look at %s.".formatted(name, problem.getMessage(), files.output()),
          problem);
    }
  }

  private void noteEnd(AtomicBoolean isTold) {
    if (!isTold.get()) {
      endedByItself.incrementAndGet();
      log.atWarn()
          .addKeyValue("process", name)
          .addKeyValue("output", files.output())
          .log("The process has ended by itself");
    }
  }

  /** How often it has ended though nobody stopped or killed it. */
  public int timesEndedByItself() {
    return endedByItself.get();
  }

  /** Has it finish its work and end; kills it when that takes too long. */
  public synchronized void stop() {
    beginStop();
    awaitStop();
  }

  /** Kills it with no chance to tidy up, and waits until it is gone. */
  public synchronized void kill() {
    isToldToEnd.set(true);
    running()
        .ifPresent(
            running -> {
              running.destroyForcibly();
              awaitExit(running);
            });
  }

  /** Stops it where it is: connections stay open, and nobody answers. */
  public synchronized void pause() {
    running()
        .ifPresent(
            running -> {
              Fault fault = PausedProcess.of(name, running.pid());
              fault.inject();
              pause = fault;
            });
  }

  /** Lets it go on after {@link #pause}. */
  public synchronized void resume() {
    Fault fault = pause;
    if (fault != null) {
      fault.heal();
      pause = null;
    }
  }

  /** Whether it says of itself that it works. */
  public boolean isReady() {
    return answer("/health/ready").isPresent();
  }

  /**
   * Whether a processor among several has read the state of what it works on, and keeps copies of
   * what others work on that are, as far as it knows, no more than moments behind: who stops
   * another now stops the work for a short time.
   */
  public boolean hasItsCopies() {
    return answer("/metrics")
        .filter(
            metrics ->
                metric(metrics, "millrace_restore_remaining_offsets") == 0
                    && metric(metrics, "millrace_processing_tasks{kind=\"standby\"}") > 0
                    && metric(metrics, "millrace_standby_lag_offsets") <= MOST_BEHIND)
        .isPresent();
  }

  /** Not a number, which is not below anything, when it is not among them. */
  private static double metric(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  synchronized void beginStop() {
    isToldToEnd.set(true);
    resume();
    running()
        .ifPresent(
            running -> {
              try (OutputStream input = running.getOutputStream()) {
                input.write('.');
              } catch (IOException alreadyGone) {
                log.atDebug().addKeyValue("process", name).log("The process is gone already");
              }
            });
  }

  synchronized void awaitStop() {
    running().filter(running -> !awaitExit(running)).ifPresent(running -> kill());
  }

  /** What it says when it says 200. */
  private Optional<String> answer(String path) {
    if (!isRunning() || isPaused()) {
      return Optional.empty();
    }
    HttpRequest request = HttpRequest.newBuilder(url.resolve(path)).timeout(ASK_TIMEOUT).build();
    try {
      HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      return Optional.of(response).filter(ok -> ok.statusCode() == 200).map(HttpResponse::body);
    } catch (IOException notYet) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Optional<Process> running() {
    return Optional.ofNullable(process).filter(Process::isAlive);
  }

  private static boolean awaitExit(Process process) {
    try {
      return process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
