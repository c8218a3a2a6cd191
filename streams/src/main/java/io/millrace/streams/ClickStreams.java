package io.millrace.streams;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.streams.judge.ClickStage;
import io.millrace.streams.rollup.CellTasks;
import io.millrace.streams.rollup.MergeProcessor;
import io.millrace.streams.rollup.TransactionWatch;
import io.millrace.views.CellReader;
import io.millrace.views.CellsUnavailableException;
import io.millrace.views.KeptSince;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running Kafka Streams application, and the cells of the tasks it has been given. Safe for any
 * number of threads.
 *
 * <p>A thread that fails is replaced after a pause ({@link ThreadReplacement}): what it had not
 * committed is read again, and a cause that stays shows as a count that rises ({@link
 * #threadsReplaced}) and a log that grows stale, not as a program that has stopped.
 */
public final class ClickStreams implements AutoCloseable, CellReader, OwnCells {
  private static final Logger log = LoggerFactory.getLogger(ClickStreams.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  private final KafkaStreams streams;
  private final int rollupPartitions;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ThreadReplacement replacement = ThreadReplacement.until(stopped);
  private final RestoreProgress restore = new RestoreProgress(System::nanoTime);
  private final StandbyProgress standbys = new StandbyProgress();
  private final LongAdder rebalances = new LongAdder();
  private final CellTasks cellTasks;
  private final GroupMembershipOperation atTheEnd;

  private ClickStreams(
      KafkaStreams streams, int rollupPartitions, CellTasks cellTasks, GroupSettings group) {
    this.streams = streams;
    this.rollupPartitions = rollupPartitions;
    this.cellTasks = cellTasks;
    atTheEnd =
        group.instance().isPresent()
            ? GroupMembershipOperation.REMAIN_IN_GROUP
            : GroupMembershipOperation.LEAVE_GROUP;
  }

  /**
   * Starts; the work begins when the group has met, which {@link #isRunning} tells.
   *
   * <p>State on the disk that cannot be opened is thrown away, and made again from the topics: it
   * is only a copy. Kafka Streams does that by itself for what breaks later, but not at the start,
   * where a process would end that is then started again with the same state, and so on.
   */
  public static ClickStreams start(StreamsSettings settings, ClickStage stage) {
    if (settings.group().protocol() == GroupProtocol.STREAMS) {
      StreamsGroup.prepare(settings);
    }
    try {
      return tryToStart(settings, stage);
    } catch (ProcessorStateException broken) {
      log.atError()
          .setCause(broken)
          .addKeyValue("folder", settings.stateFolder())
          .log("The state cannot be opened; it is thrown away and read again from its topics");
      settings.deleteState();
      return tryToStart(settings, stage);
    }
  }

  private static ClickStreams tryToStart(StreamsSettings settings, ClickStage stage) {
    var positions = new CommittedPositions(settings.connection(), settings.namespace());
    var cellTasks = new CellTasks();
    var transactions = new TransactionWatch();
    var config = new StreamsConfig(settings.toProperties());
    var streams =
        new KafkaStreams(
            ClickTopology.of(
                settings.namespace(),
                stage,
                positions,
                settings.commits(),
                cellTasks,
                transactions),
            config,
            new StreamsClients(config.getKafkaClientSupplier(), transactions));
    var clickStreams =
        new ClickStreams(streams, stage.rollupPartitions(), cellTasks, settings.group());
    try {
      clickStreams.observe();
      streams.start();
      return clickStreams;
    } catch (RuntimeException failure) {
      clickStreams.close();
      throw failure;
    }
  }

  private void observe() {
    streams.setUncaughtExceptionHandler(replacement);
    streams.setGlobalStateRestoreListener(restore);
    streams.setStandbyUpdateListener(standbys);
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.REBALANCING) {
            rebalances.increment();
          }
        });
  }

  /** Whether every task that this process was given is being worked on. */
  public boolean isRunning() {
    return obstacle().isEmpty();
  }

  /** Why not all tasks are being worked on, as a clause; empty while they are. */
  public Optional<String> obstacle() {
    // Asked first: a thread that waits to be replaced still counts as running for Kafka Streams.
    int pausing = replacement.pausing();
    if (pausing > 0) {
      return Optional.of(
          "the processing has failed and is tried again in a moment; threads waiting: " + pausing);
    }
    return streams.state() == KafkaStreams.State.RUNNING
        ? Optional.empty()
        : Optional.of("the processing has not started or is moving: " + state());
  }

  /** Kafka Streams' own name of the state. */
  public String state() {
    return streams.state().name();
  }

  /** How often the work was given out anew, as far as it came to this process. */
  public long rebalances() {
    return rebalances.sum();
  }

  /** Offsets of changelogs that the copies of other processes' state are behind. */
  public long standbysBehind() {
    return standbys.behind();
  }

  /** What the group has given to this process. */
  public TaskCounts tasks() {
    return streams.metadataForLocalThreads().stream()
        .map(thread -> new TaskCounts(thread.activeTasks().size(), thread.standbyTasks().size()))
        .reduce(new TaskCounts(0, 0), TaskCounts::plus);
  }

  public long threadsReplaced() {
    return replacement.count();
  }

  /** Offsets of changelogs that are still to be read until all stores are there. */
  public long restoreRemaining() {
    return restore.remaining();
  }

  /** Records that this process has read back into its stores. */
  public long restoredRecords() {
    return restore.restored();
  }

  /** How long this process has been reading any of its stores back. */
  public Duration restoreTime() {
    return restore.time();
  }

  @Override
  public void scan(
      String view,
      Grain grain,
      String site,
      long from,
      long to,
      BiConsumer<CellKey, Cell> receiver) {
    forEachPartition(cells -> cells.scan(view, grain, site, from, to, receiver));
  }

  @Override
  public void scanGroup(
      String view,
      Grain grain,
      String site,
      long from,
      long to,
      List<String> group,
      BiConsumer<CellKey, Cell> receiver) {
    forEachPartition(cells -> cells.scanGroup(view, grain, site, from, to, group, receiver));
  }

  /** Each partition by name: asked for all, Kafka Streams answers with those it has just now. */
  private void forEachPartition(Consumer<CellReader> reading) {
    for (int partition = 0; partition < rollupPartitions; partition++) {
      reading.accept(cells(partition));
    }
  }

  @Override
  public KeptSince keptSince(String view, String site) {
    KeptSince kept = KeptSince.EVERYTHING;
    for (int partition = 0; partition < rollupPartitions; partition++) {
      kept = kept.and(cells(partition).keptSince(view, site));
    }
    return kept;
  }

  @Override
  public long version() {
    return cellTasks.changes();
  }

  @Override
  public int partitions() {
    return rollupPartitions;
  }

  /** Whoever reads them is told when the task ends in the middle, with what it has in its store. */
  @Override
  public PartitionCells cells(int partition) {
    OptionalLong turn = cellTasks.turn(partition);
    if (turn.isEmpty()) {
      throw new CellsUnavailableException(
          "The cells are not here: " + state(), new IllegalStateException("no task has them"));
    }
    return new PartitionCells(store(partition), () -> cellTasks.turn(partition).equals(turn));
  }

  @Override
  public boolean has(int partition) {
    return cellTasks.turn(partition).isPresent();
  }

  @Override
  public PartitionCells copy(int partition) {
    return new PartitionCells(store(partition), () -> true);
  }

  /**
   * Whatever store there is: Kafka Streams would else give out none while other tasks of the same
   * thread come and go. Whether it is a task's that works is known better here.
   */
  private ReadOnlyKeyValueStore<byte[], byte[]> store(int partition) {
    try {
      return streams.store(
          StoreQueryParameters.fromNameAndType(
                  MergeProcessor.CELLS, QueryableStoreTypes.<byte[], byte[]>keyValueStore())
              .withPartition(partition)
              .enableStaleStores());
    } catch (InvalidStateStoreException | IllegalStateException notReady) {
      throw new CellsUnavailableException("The cells are not here yet: " + state(), notReady);
    }
  }

  @Override
  public Optional<Map<Integer, ChangelogPosition>> positions() {
    try {
      Map<Integer, LagInfo> lags =
          streams.allLocalStorePartitionLags().getOrDefault(MergeProcessor.CELLS, Map.of());
      var positions = new TreeMap<Integer, ChangelogPosition>();
      lags.forEach(
          (partition, lag) ->
              positions.put(
                  partition,
                  new ChangelogPosition(lag.currentOffsetPosition(), lag.endOffsetPosition())));
      return Optional.of(positions);
    } catch (StreamsException | IllegalStateException notReady) {
      log.atDebug().setCause(notReady).log("How far copies of cells are is not known just now");
      return Optional.empty();
    }
  }

  /**
   * Commits, and stops; gives up waiting after 20 seconds. One without a name in the group leaves
   * it, so that others go on at once; one with a name is expected back.
   */
  @Override
  public void close() {
    // A thread that waits to be replaced would else be waited for.
    stopped.countDown();
    if (!streams.close(
        CloseOptions.timeout(CLOSE_TIMEOUT).withGroupMembershipOperation(atTheEnd))) {
      log.atWarn().addKeyValue("timeout", CLOSE_TIMEOUT).log("Stopped without a last commit");
    }
  }
}
