package io.millrace.streams.rollup;

import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.codec.MalformedBytesException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the life of the cells of one partition, by what each view says of its grains.
 *
 * <p>First comes the decision, with the partial that brings a newer window: from then on what is
 * older than the period is not added to any more, and queries do not read it. The deletion follows
 * in sweeps, each of bounded work:
 *
 * <pre>
 *   ── deleted ──┊── to be deleted ──┊────────── kept ──────────┊ newest
 *                deleted before      kept since
 * </pre>
 *
 * <p>Both marks are stored, with the cells and in their transactions. So an incomplete cell is
 * never taken for a whole one, and a sweep begins where the last one ended and not at the many
 * deletions that it left behind. Belongs to one thread.
 */
final class CellRetention {
  /** Views and sites of which the marks are kept in memory, some 200 bytes each. */
  private static final int MOST_REMEMBERED = 10_000;

  /** Marks that one sweep looks at. */
  private static final int MOST_LOOKED_AT = 5_000;

  private static final Logger log = LoggerFactory.getLogger(CellRetention.class);

  private final KeyValueStore<byte[], byte[]> store;
  private final CellCache cells;
  private final Map<String, MergedView> views = new HashMap<>();
  private final Map<Bytes, KeptWindows> remembered = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<Bytes, KeptWindows> changed = new LinkedHashMap<>();
  private final KeptWindows everything = new KeptWindows(new byte[0]);
  private byte[] latestPrefix = {};
  private @Nullable KeptWindows latest;
  private byte[] position = KeptWindows.FIRST_KEY;

  CellRetention(KeyValueStore<byte[], byte[]> store, CellCache cells, List<MergedView> views) {
    this.store = store;
    this.cells = cells;
    views.forEach(this::know);
  }

  /** Takes note of a view that there are cells of. */
  void know(MergedView view) {
    if (view.expires()) {
      views.put(view.name(), view);
    }
  }

  /**
   * Takes note of a partial, and tells which windows are kept of its view and site.
   *
   * @param key of its cell, as bytes
   * @param window the start of its window, in milliseconds since 1970
   * @param receivedTime when the latest event was received that came with it. A window that starts
   *     later moves nothing further, or one event from the far future would be the end of all
   *     others.
   */
  KeptWindows meet(MergedView view, byte[] key, long window, long receivedTime) {
    if (!view.expires()) {
      return everything;
    }
    KeptWindows kept = find(key);
    if (kept.advance(view, Math.min(window, receivedTime))) {
      changed.put(Bytes.wrap(kept.key()), kept);
    }
    return kept;
  }

  private KeptWindows find(byte[] cellKey) {
    KeptWindows last = latest;
    // The partials of a view come one after the other, and most often those of one site.
    if (last != null && hasLatestPrefix(cellKey)) {
      return last;
    }
    latestPrefix = Arrays.copyOf(cellKey, CellKey.windowPosition(cellKey));
    KeptWindows found =
        remembered.computeIfAbsent(
            Bytes.wrap(KeptWindows.keyOf(latestPrefix)), key -> read(key.get()));
    latest = found;
    return found;
  }

  private boolean hasLatestPrefix(byte[] cellKey) {
    int length = latestPrefix.length;
    return cellKey.length >= length && Arrays.equals(latestPrefix, 0, length, cellKey, 0, length);
  }

  private KeptWindows read(byte[] key) {
    byte @Nullable [] stored = store.get(key);
    return stored == null ? new KeptWindows(key) : parse(key, stored);
  }

  private static KeptWindows parse(byte[] key, byte[] stored) {
    try {
      return KeptWindows.parse(key, stored);
    } catch (MalformedBytesException malformed) {
      // To stop here would stop for good. The next window says anew what is kept.
      log.atError().setCause(malformed).log("The mark of what is kept cannot be read");
      return new KeptWindows(key);
    }
  }

  /** Writes what is kept no longer; before the cells, so that no reader takes them for whole. */
  void writeChanged() {
    changed.values().forEach(kept -> store.put(kept.key(), kept.toBytes()));
    changed.clear();
    if (remembered.size() > MOST_REMEMBERED) {
      forgetLeastRecent();
    }
  }

  private void forgetLeastRecent() {
    Iterator<KeptWindows> leastRecentFirst = remembered.values().iterator();
    while (remembered.size() > MOST_REMEMBERED / 2) {
      leastRecentFirst.next();
      leastRecentFirst.remove();
    }
    latest = null;
  }

  /**
   * Deletes cells that are no longer kept. To be called when everything that has changed was
   * written.
   *
   * @param most cells to delete at once
   * @param receiver takes each that was deleted
   * @return whether there is more to do
   */
  boolean sweep(int most, Receiver receiver) {
    int left = most;
    for (KeptWindows kept : nextToDelete()) {
      left -= delete(kept, left, receiver);
      if (left <= 0) {
        position = kept.key();
        return true;
      }
    }
    return !Arrays.equals(position, KeptWindows.FIRST_KEY);
  }

  /** Of the marks that come next, those that have something to delete. */
  private List<KeptWindows> nextToDelete() {
    var found = new ArrayList<KeptWindows>();
    try (var marks = store.range(position, KeptWindows.BEYOND_KEYS)) {
      for (int looks = 0; looks < MOST_LOOKED_AT && marks.hasNext(); looks++) {
        KeyValue<byte[], byte[]> mark = marks.next();
        KeptWindows kept = parse(mark.key, mark.value);
        if (kept.hasAnyToDelete()) {
          found.add(remembered.getOrDefault(Bytes.wrap(mark.key), kept));
        }
        // One zero more is the least key that is greater.
        position = Arrays.copyOf(mark.key, mark.key.length + 1);
      }
      if (!marks.hasNext()) {
        position = KeptWindows.FIRST_KEY;
      }
    }
    return found;
  }

  private int delete(KeptWindows kept, int most, Receiver receiver) {
    MergedView view = views.get(kept.view());
    if (view == null) {
      return 0;
    }
    int deleted = 0;
    for (Grain grain : view.grains()) {
      if (deleted < most && kept.hasToDelete(grain)) {
        List<byte[]> gone =
            cells.delete(kept.deletedFrom(grain), kept.deletedTo(grain), most - deleted);
        deleted += gone.size();
        if (deleted < most) {
          kept.deletedAll(grain);
        } else {
          kept.deletedBefore(grain, CellKey.windowStart(gone.getLast()));
        }
        gone.forEach(key -> receiver.accept(view, key));
      }
    }
    store.put(kept.key(), kept.toBytes());
    return deleted;
  }

  /** Takes the key of a cell that was deleted. */
  @FunctionalInterface
  interface Receiver {
    void accept(MergedView view, byte[] key);
  }
}
