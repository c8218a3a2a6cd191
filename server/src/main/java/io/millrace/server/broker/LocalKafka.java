package io.millrace.server.broker;

import io.millrace.server.DataFolder;
import io.millrace.server.ExitSequence;
import io.millrace.server.OwnerFolder;
import io.millrace.server.ProcessLock;
import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import io.millrace.server.credentials.ClientLogin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka on this machine, for the time of this object: one broker, or three in three racks.
 * The data stays in its folder for the next start; the ports may differ then.
 *
 * <p>The brokers end with this object, with this process, and also when this process is killed.
 * Safe for use by several threads.
 */
public final class LocalKafka implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LocalKafka.class);
  private static final int ATTEMPTS = 3;

  /** Marks take milliseconds. */
  private static final Duration MARKS_PATIENCE = Duration.ofSeconds(5);

  /** An orphaned broker ends at once; one that is being stopped has a limit below that. */
  private static final Duration EARLIER_BROKER_LIMIT = Duration.ofSeconds(20);

  private final DataFolder folder;
  private final List<LocalBroker> brokers;
  private final OwnClient client;
  private final CompletableFuture<BrokerDeath> firstDeath;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LocalKafka(
      DataFolder folder,
      List<LocalBroker> brokers,
      OwnClient client,
      CompletableFuture<BrokerDeath> firstDeath) {
    this.folder = folder;
    this.brokers = List.copyOf(brokers);
    this.client = client;
    this.firstDeath = firstDeath;
  }

  /**
   * Starts the brokers and waits until they are ready.
   *
   * @throws ServerException when another process works on the data folder, when a broker dies, with
   *     the end of its log, or when the brokers are not ready in time
   */
  public static LocalKafka start(LocalKafkaConfig config) {
    return start(config, Hosting.HERE);
  }

  /**
   * Starts the brokers where they are to run, and waits until they are ready.
   *
   * @throws ServerException as {@link #start(LocalKafkaConfig)}
   */
  public static LocalKafka start(LocalKafkaConfig config, Hosting hosting) {
    return start(config, hosting, BrokerCommand.usual(config));
  }

  static LocalKafka start(LocalKafkaConfig config, BrokerCommand command) {
    return start(config, Hosting.HERE, command);
  }

  static LocalKafka start(LocalKafkaConfig config, Hosting hosting, BrokerCommand command) {
    hosting.requireFor(config.brokers());
    DataFolder folder = DataFolder.open(config.dataFolder());
    try {
      OwnerFolder.makeForLogs(config.logFolder());
      ClusterIdentity identity = ClusterIdentity.of(config.dataFolder(), config.brokers());
      awaitEarlierBrokers(config);
      return startOnFreePorts(config, hosting, command, identity, folder);
    } catch (RuntimeException | Error problem) {
      folder.close();
      throw problem;
    }
  }

  /** Where clients connect first: host and port of every broker, comma-separated. */
  public String bootstrapServers() {
    return brokers.stream().map(LocalBroker::clientAddress).collect(Collectors.joining(","));
  }

  /** The brokers, by id from 1: to stop, kill and start one alone. */
  public List<LocalBroker> brokers() {
    return brokers;
  }

  /** The process ids of the brokers that run. */
  public List<Long> processIds() {
    return brokers.stream().map(LocalBroker::processId).flatMap(Optional::stream).toList();
  }

  /**
   * Completes when a broker ends for the first time without having been asked to, and is not
   * started again.
   */
  public CompletableFuture<BrokerDeath> firstDeath() {
    return firstDeath.copy();
  }

  /**
   * Waits until every broker takes part in the cluster, as after one was started again.
   *
   * @throws ServerException when one has died or is stopped, or when they are not ready in time
   */
  public void awaitReady(Duration timeout) {
    new Readiness(brokers, client).await(timeout);
  }

  /**
   * Stops the brokers in an orderly way, and lets go of the folder. A thread that is interrupted
   * waits all the same, for as long as an orderly stop may take, and stays interrupted: brokers
   * that are killed instead may leave transactions unmarked.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      ExitSequence.remove(this);
      // On a thread that nobody interrupts.
      CompletableFuture.runAsync(this::stop, Thread.ofPlatform().name("kafka-stop")::start).join();
    }
  }

  private void stop() {
    try {
      if (!processIds().isEmpty()) {
        DecidedTransactions.awaitMarks(client, MARKS_PATIENCE);
      }
    } finally {
      brokers.forEach(LocalBroker::beginStop);
      brokers.forEach(LocalBroker::awaitStop);
      folder.close();
    }
  }

  private static LocalKafka startOnFreePorts(
      LocalKafkaConfig config,
      Hosting hosting,
      BrokerCommand command,
      ClusterIdentity identity,
      DataFolder folder) {
    for (int attempt = 1; ; attempt++) {
      LocalKafka kafka = build(config, hosting, command, identity, folder);
      ExitSequence.add(kafka);
      try {
        kafka.brokers.forEach(LocalBroker::start);
        kafka.awaitReady(config.startTimeout());
        config.security().ifPresent(kafka::makeUsers);
        kafka.brokers.forEach(LocalBroker::startAgainFromNowOn);
        return kafka;
      } catch (ServerException problem) {
        kafka.abandon();
        boolean portsAreOurs = config.clientPorts().isEmpty();
        if (problem.error() != ServerError.PORT_TAKEN || !portsAreOurs || attempt == ATTEMPTS) {
          throw problem;
        }
        log.atInfo().setCause(problem).log("A chosen port was taken meanwhile, choosing others");
      } catch (RuntimeException | Error problem) {
        kafka.abandon();
        throw problem;
      }
    }
  }

  private static LocalKafka build(
      LocalKafkaConfig config,
      Hosting hosting,
      BrokerCommand command,
      ClusterIdentity identity,
      DataFolder folder) {
    List<BrokerAddress> addresses = addresses(config, hosting);
    var firstDeath = new CompletableFuture<BrokerDeath>();
    List<LocalBroker> brokers = new ArrayList<>();
    for (BrokerAddress address : addresses) {
      BrokerPlace place = hosting.place(address.id() - 1);
      BrokerFiles files = BrokerFiles.of(config, place, address.id());
      brokers.add(
          new LocalBroker(
              address,
              files,
              BrokerSettings.of(config, addresses, address, files.data()),
              command.line(files, identity.id()),
              place,
              command.stopLimit(),
              new BrokerRestarts(hosting.restarts()),
              firstDeath::complete));
    }
    return new LocalKafka(folder, brokers, client(config, addresses), firstDeath);
  }

  private static OwnClient client(LocalKafkaConfig config, List<BrokerAddress> addresses) {
    Map<String, String> settings =
        config
            .security()
            .map(security -> new HashMap<>(security.folder().amongBrokers()))
            .orElseGet(HashMap::new);
    settings.put(
        "bootstrap.servers",
        addresses.stream()
            .map(address -> config.security().isPresent() ? address.broker() : address.client())
            .collect(Collectors.joining(",")));
    return new OwnClient(settings);
  }

  private void makeUsers(BrokerSecurity security) {
    if (security.login() == ClientLogin.SCRAM) {
      ScramUsers.set(client, security.folder().passwords());
    }
  }

  private static List<BrokerAddress> addresses(LocalKafkaConfig config, Hosting hosting) {
    int count = config.brokers();
    List<Integer> free = FreePorts.choose(3 * count, config.clientPorts());
    List<BrokerAddress> addresses = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      int clientPort =
          config.clientPorts().isEmpty()
              ? free.get(count + index)
              : config.clientPorts().get(index);
      int brokerPort = config.security().isPresent() ? free.get(2 * count + index) : 0;
      String host = hosting.place(index).address();
      addresses.add(new BrokerAddress(index + 1, host, clientPort, free.get(index), brokerPort));
    }
    return addresses;
  }

  /** Brokers whose parent was killed end a little later than it. */
  private static void awaitEarlierBrokers(LocalKafkaConfig config) {
    Deadline deadline = Deadline.in(EARLIER_BROKER_LIMIT);
    for (int broker = 1; broker <= config.brokers(); broker++) {
      Path lock = BrokerFiles.of(config, BrokerPlace.HERE, broker).lock();
      Optional<ProcessLock.Holder> holder = ProcessLock.holder(lock);
      if (holder.isPresent()) {
        log.atWarn()
            .addKeyValue("broker", broker)
            .addKeyValue("pid", holder.get().pid())
            .log("Waiting for a broker of an earlier run to end");
      }
      while (holder.isPresent()) {
        if (deadline.passed()) {
          throw stillHeld(config.dataFolder(), broker, holder.get());
        }
        Deadline.pause();
        holder = ProcessLock.holder(lock);
      }
    }
  }

  private static ServerException stillHeld(Path folder, int broker, ProcessLock.Holder holder) {
    return new ServerException(
        ServerError.DATA_FOLDER_BUSY,
        "Kafka broker %d of an earlier run (process %d) still works on %s after %d s. End it (kill %2$d) and try again."
            .formatted(broker, holder.pid(), folder, EARLIER_BROKER_LIMIT.toSeconds()));
  }

  private void abandon() {
    closed.set(true);
    ExitSequence.remove(this);
    brokers.forEach(LocalBroker::kill);
  }
}
