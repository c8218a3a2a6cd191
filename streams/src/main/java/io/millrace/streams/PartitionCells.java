package io.millrace.streams;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.codec.MalformedBytesException;
import io.millrace.streams.rollup.KeptWindows;
import io.millrace.views.CellReader;
import io.millrace.views.CellsUnavailableException;
import io.millrace.views.GroupScan;
import io.millrace.views.KeptSince;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cells of one partition, in the store that stage 2 keeps them in. By itself, so that what
 * reads them in the program is what tests of both stages read them with.
 */
public final class PartitionCells implements CellReader {
  private static final Logger log = LoggerFactory.getLogger(PartitionCells.class);

  private final ReadOnlyKeyValueStore<byte[], byte[]> store;
  private final BooleanSupplier isHere;

  /** Those of a store that stays. */
  public PartitionCells(ReadOnlyKeyValueStore<byte[], byte[]> store) {
    this(store, () -> true);
  }

  /**
   * Those of a store that may be given away or emptied.
   *
   * @param isHere whether it still has what it had
   */
  PartitionCells(ReadOnlyKeyValueStore<byte[], byte[]> store, BooleanSupplier isHere) {
    this.store = store;
    this.isHere = isHere;
  }

  @Override
  public void scan(
      String view,
      Grain grain,
      String site,
      long from,
      long to,
      BiConsumer<CellKey, Cell> receiver) {
    scanStored(view, grain, site, from, to, (key, value) -> hand(key, value, receiver));
  }

  /** The same of keys and cells as bytes. */
  public void scanStored(
      String view,
      Grain grain,
      String site,
      long from,
      long to,
      BiConsumer<byte[], byte[]> receiver) {
    read(
        CellKey.rangeBound(view, grain, site, from),
        CellKey.rangeBound(view, grain, site, to),
        (key, value) -> {
          receiver.accept(key, value);
          return true;
        });
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
    scanGroupStored(view, grain, site, from, to, group, (key, value) -> hand(key, value, receiver));
  }

  /** The same of keys and cells as bytes. */
  public void scanGroupStored(
      String view,
      Grain grain,
      String site,
      long from,
      long to,
      List<String> group,
      BiConsumer<byte[], byte[]> receiver) {
    GroupScan.scan(this::read, view, grain, site, from, to, group, receiver);
  }

  /** Hands over what lies before the end of a range, as long as more is wanted. */
  private void read(byte[] first, byte[] end, BiPredicate<byte[], byte[]> wanted) {
    try (var range = store.range(first, end)) {
      // What was begun to be read stays as it is, or fails.
      requireHere();
      boolean isMoreWanted = true;
      while (isMoreWanted && range.hasNext()) {
        KeyValue<byte[], byte[]> entry = range.next();
        // The end of a range belongs to it in Kafka Streams.
        isMoreWanted =
            Arrays.compareUnsigned(entry.key, end) < 0 && wanted.test(entry.key, entry.value);
      }
    } catch (InvalidStateStoreException moved) {
      throw moved(moved);
    }
  }

  /**
   * Hands over what is stored; a cell that cannot be read would fail every question about its time,
   * for good.
   */
  public static void hand(byte[] key, byte[] value, BiConsumer<CellKey, Cell> receiver) {
    Optional<Cell> cell;
    try {
      cell = Optional.of(Cell.parse(value));
    } catch (MalformedBytesException malformed) {
      log.atError().setCause(malformed).log("A stored cell cannot be read");
      cell = Optional.empty();
    }
    cell.ifPresent(readable -> receiver.accept(CellKey.parse(key), readable));
  }

  @Override
  public KeptSince keptSince(String view, String site) {
    try {
      byte @Nullable [] value = store.get(KeptWindows.key(view, site));
      requireHere();
      return value == null ? KeptSince.EVERYTHING : KeptWindows.keptSince(value);
    } catch (InvalidStateStoreException moved) {
      throw moved(moved);
    }
  }

  private void requireHere() {
    if (!isHere.getAsBoolean()) {
      throw moved(new InvalidStateStoreException("the task has ended"));
    }
  }

  private static CellsUnavailableException moved(InvalidStateStoreException moved) {
    return new CellsUnavailableException("The cells are being moved or restored", moved);
  }
}
