package io.millrace.streams;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.codec.MalformedBytesException;
import io.millrace.streams.judge.ClickStage;
import io.millrace.streams.rollup.KeptWindows;
import io.millrace.streams.rollup.MergeProcessor;
import io.millrace.views.CellReader;
import io.millrace.views.CellsUnavailableException;
import io.millrace.views.GroupScan;
import io.millrace.views.KeptSince;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
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
public final class ClickStreams implements AutoCloseable, CellReader {
  private static final Logger log = LoggerFactory.getLogger(ClickStreams.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  private final KafkaStreams streams;
  private final int rollupPartitions;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ThreadReplacement replacement = ThreadReplacement.until(stopped);
  private final RestoreProgress restore = new RestoreProgress(System::nanoTime);
  private final AtomicLong cellVersion;

  private ClickStreams(KafkaStreams streams, int rollupPartitions, AtomicLong cellVersion) {
    this.streams = streams;
    this.rollupPartitions = rollupPartitions;
    this.cellVersion = cellVersion;
  }

  /** Starts; the work begins when the group has met, which {@link #isRunning} tells. */
  public static ClickStreams start(StreamsSettings settings, ClickStage stage) {
    var positions = new CommittedPositions(settings.connection(), settings.namespace());
    var cellVersion = new AtomicLong();
    var streams =
        new KafkaStreams(
            ClickTopology.of(
                settings.namespace(),
                stage,
                positions,
                settings.commits(),
                cellVersion::incrementAndGet),
            settings.toProperties());
    var clickStreams = new ClickStreams(streams, stage.rollupPartitions(), cellVersion);
    streams.setUncaughtExceptionHandler(clickStreams.replacement);
    streams.setGlobalStateRestoreListener(clickStreams.restore);
    streams.start();
    return clickStreams;
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
    byte[] first = CellKey.rangeBound(view, grain, site, from);
    byte[] last = CellKey.rangeBound(view, grain, site, to);
    // Each partition by name: asked for all, Kafka Streams answers with those that it has just now.
    for (int partition = 0; partition < rollupPartitions; partition++) {
      scan(cells(partition), first, last, to, receiver);
    }
  }

  private static void scan(
      ReadOnlyKeyValueStore<byte[], byte[]> cells,
      byte[] first,
      byte[] last,
      long to,
      BiConsumer<CellKey, Cell> receiver) {
    try (var range = cells.range(first, last)) {
      while (range.hasNext()) {
        KeyValue<byte[], byte[]> entry = range.next();
        CellKey key = CellKey.parse(entry.key);
        if (key.windowStart() < to) {
          readable(entry.value).ifPresent(cell -> receiver.accept(key, cell));
        }
      }
    } catch (InvalidStateStoreException moved) {
      throw new CellsUnavailableException("The cells are being moved or restored", moved);
    }
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
    for (int partition = 0; partition < rollupPartitions; partition++) {
      ReadOnlyKeyValueStore<byte[], byte[]> cells = cells(partition);
      GroupScan.scan(
          (first, last, wanted) -> read(cells, first, last, wanted),
          view,
          grain,
          site,
          from,
          to,
          group,
          (key, value) ->
              readable(value).ifPresent(cell -> receiver.accept(CellKey.parse(key), cell)));
    }
  }

  private static void read(
      ReadOnlyKeyValueStore<byte[], byte[]> cells,
      byte[] first,
      byte[] last,
      BiPredicate<byte[], byte[]> wanted) {
    try (var range = cells.range(first, last)) {
      boolean isMoreWanted = true;
      while (isMoreWanted && range.hasNext()) {
        KeyValue<byte[], byte[]> entry = range.next();
        // The end of a range belongs to it here.
        isMoreWanted =
            Arrays.compareUnsigned(entry.key, last) < 0 && wanted.test(entry.key, entry.value);
      }
    } catch (InvalidStateStoreException moved) {
      throw new CellsUnavailableException("The cells are being moved or restored", moved);
    }
  }

  @Override
  public KeptSince keptSince(String view, String site) {
    byte[] key = KeptWindows.key(view, site);
    KeptSince kept = KeptSince.EVERYTHING;
    for (int partition = 0; partition < rollupPartitions; partition++) {
      kept = kept.and(keptSince(cells(partition), key));
    }
    return kept;
  }

  @Override
  public long version() {
    return cellVersion.get();
  }

  private static KeptSince keptSince(ReadOnlyKeyValueStore<byte[], byte[]> cells, byte[] key) {
    try {
      byte @Nullable [] value = cells.get(key);
      return value == null ? KeptSince.EVERYTHING : KeptWindows.keptSince(value);
    } catch (InvalidStateStoreException moved) {
      throw new CellsUnavailableException("The cells are being moved or restored", moved);
    }
  }

  /** One that is not would fail every question about its time, for good. */
  private static Optional<Cell> readable(byte[] cell) {
    try {
      return Optional.of(Cell.parse(cell));
    } catch (MalformedBytesException malformed) {
      log.atError().setCause(malformed).log("A stored cell cannot be read");
      return Optional.empty();
    }
  }

  private ReadOnlyKeyValueStore<byte[], byte[]> cells(int partition) {
    try {
      return streams.store(
          StoreQueryParameters.fromNameAndType(
                  MergeProcessor.CELLS, QueryableStoreTypes.<byte[], byte[]>keyValueStore())
              .withPartition(partition));
    } catch (InvalidStateStoreException | IllegalStateException notReady) {
      throw new CellsUnavailableException("The cells are not here yet: " + state(), notReady);
    }
  }

  /** Commits, and stops; gives up waiting after 20 seconds. */
  @Override
  public void close() {
    // A thread that waits to be replaced would else be waited for.
    stopped.countDown();
    if (!streams.close(CloseOptions.timeout(CLOSE_TIMEOUT))) {
      log.atWarn().addKeyValue("timeout", CLOSE_TIMEOUT).log("Stopped without a last commit");
    }
  }
}
