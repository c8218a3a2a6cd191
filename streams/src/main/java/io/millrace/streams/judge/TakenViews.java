package io.millrace.streams.judge;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.control.ViewStart;
import io.millrace.streams.rollup.Combiner;
import io.millrace.streams.session.SessionsSoFar;
import io.millrace.views.DefinedView;
import io.millrace.views.DefinedViews;
import io.millrace.views.SessionChange;
import io.millrace.views.Source;
import io.millrace.views.table.ReferenceTable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The views that were defined by commands, as one task of stage 1 has taken them up: between two
 * records, each from an offset on that is stored and sent on in the transaction of the records that
 * follow.
 *
 * <pre>
 *   name@generation   offset of the first event that the view has live; of a view of sessions the
 *                     number of the first record of sessions that is not of its past
 *   version           of the definitions by which the latest view was taken up
 * </pre>
 *
 * <p>A view of sessions has from then on how they change. What they were until then comes from the
 * topic of sessions and, for those of which it has nothing or less than there is, from here.
 *
 * <p>So whoever processes the partition next knows which views have begun, and that it has to know
 * them before it goes on: an event that a view that has begun did not get would be a gap that
 * nobody could see. Belongs to the thread of its task.
 */
final class TakenViews {
  /** No name of cells is without a generation. */
  private static final byte[] VERSION = "version".getBytes(StandardCharsets.UTF_8);

  /** Shorter than a transaction may last. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final long NEVER_LOOKED = -1;
  private static final Logger log = LoggerFactory.getLogger(TakenViews.class);

  private final DefinedViews definedViews;
  private final KeyValueStore<byte[], byte[]> store;
  private final Combiner combiner;
  private final SessionsSoFar sessions;
  private final StartPositions positions;
  private final int partition;
  private final Duration patience;
  private final Set<ViewGeneration> taken = new HashSet<>();
  private long version = NEVER_LOOKED;

  /** Tables that views wait for; as few as there are tables, so they are looked at every time. */
  private List<ReferenceTable> awaited = List.of();

  /** The offset after the latest record; below zero before the first. */
  private long next = -1;

  TakenViews(
      DefinedViews definedViews,
      KeyValueStore<byte[], byte[]> store,
      Combiner combiner,
      SessionsSoFar sessions,
      StartPositions positions,
      int partition) {
    this(definedViews, store, combiner, sessions, positions, partition, PATIENCE);
  }

  TakenViews(
      DefinedViews definedViews,
      KeyValueStore<byte[], byte[]> store,
      Combiner combiner,
      SessionsSoFar sessions,
      StartPositions positions,
      int partition,
      Duration patience) {
    this.definedViews = definedViews;
    this.store = store;
    this.combiner = combiner;
    this.sessions = sessions;
    this.positions = positions;
    this.partition = partition;
    this.patience = patience;
  }

  /**
   * Goes on with the views that have begun; to be called before the first record.
   *
   * @throws IllegalStateException when one of them is not known in this process, or a reference
   *     table that it reads has not been read yet
   */
  void restore() {
    byte @Nullable [] stored = store.get(VERSION);
    if (stored == null) {
      return;
    }
    DefinedViews.Known known =
        definedViews.atLeast(new ByteReader(stored).readFixedLong(), patience);
    for (ViewGeneration view : begun()) {
      // What is gone is left with the first record: there is nothing to write with before.
      if (!known.gone().contains(view)) {
        DefinedView begun = required(known, view);
        requireTables(begun);
        combiner.take(begun.kept());
      }
      taken.add(view);
    }
  }

  private Set<ViewGeneration> begun() {
    var begun = new HashSet<ViewGeneration>();
    try (KeyValueIterator<byte[], byte[]> entries = store.all()) {
      entries.forEachRemaining(
          entry ->
              ViewGeneration.ofCells(new String(entry.key, StandardCharsets.UTF_8))
                  .ifPresent(begun::add));
    }
    return begun;
  }

  private static DefinedView required(DefinedViews.Known known, ViewGeneration view) {
    return known
        .view(view)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The view "
                        + view.view()
                        + " has begun and cannot be computed here: "
                        + known.refused().getOrDefault(view, "its definition is missing")));
  }

  /** Events that were joined with a table that is not there yet would have no rows for good. */
  private void requireTables(DefinedView view) {
    long deadline = System.nanoTime() + patience.toNanos();
    for (ReferenceTable table : view.plan().tables()) {
      try {
        if (!table.awaitSettled(Duration.ofNanos(deadline - System.nanoTime()))) {
          throw new IllegalStateException(
              "The view "
                  + view.definition().name()
                  + " has begun, and the reference table "
                  + table
                  + " has not been read to its end here");
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Stopped while waiting for reference tables", stopped);
      }
    }
  }

  /** To be called before a record is judged: from it on, what is defined by now has its events. */
  void follow(long offset) {
    if (isToLook()) {
      takeUp(() -> OptionalLong.of(offset));
    }
    next = offset + 1;
  }

  /** To be called now and then, for a partition that gets no records. */
  void followWithoutRecord() {
    if (isToLook()) {
      takeUp(() -> next < 0 ? positions.of(partition) : OptionalLong.of(next));
    }
  }

  /** Whether something has changed since the last look; cheap enough for every event. */
  boolean isToLook() {
    return definedViews.haveChangedSince(version) || hasAwaited();
  }

  private boolean hasAwaited() {
    for (ReferenceTable table : awaited) {
      if (table.isSettled()) {
        return true;
      }
    }
    return false;
  }

  private void takeUp(Supplier<OptionalLong> position) {
    DefinedViews.Known known = definedViews.known();
    if (known.version() == version && !hasAwaited()) {
      return;
    }
    leave(known);
    List<DefinedView> missing = known.views().stream().filter(view -> !isTaken(view)).toList();
    // One that reads a table waits for it: from its first event on it is to find the rows. A table
    // is looked at once: one that settles meanwhile is found the next time.
    List<ReferenceTable> unsettled =
        missing.stream()
            .flatMap(view -> view.plan().tables().stream())
            .distinct()
            .filter(table -> !table.isSettled())
            .toList();
    List<DefinedView> ready =
        missing.stream()
            .filter(view -> Collections.disjoint(view.plan().tables(), unsettled))
            .toList();
    if (!ready.isEmpty()) {
      OptionalLong offset = position.get();
      // Where nobody can tell, it is tried again.
      if (offset.isEmpty()) {
        return;
      }
      ready.forEach(view -> take(view, offset.getAsLong()));
      store.put(VERSION, bytes(known.version()));
    }
    awaited = unsettled;
    version = known.version();
  }

  private boolean isTaken(DefinedView view) {
    return taken.contains(view.definition().generation());
  }

  private void leave(DefinedViews.Known known) {
    for (Iterator<ViewGeneration> views = taken.iterator(); views.hasNext(); ) {
      ViewGeneration view = views.next();
      if (known.gone().contains(view)) {
        combiner.forget(view.cells());
        store.delete(key(view));
        views.remove();
      }
    }
  }

  private void take(DefinedView view, long offset) {
    ViewGeneration generation = view.definition().generation();
    boolean isOfSessions = view.plan().source() == Source.SESSIONS;
    long start = isOfSessions ? sessions.published() : offset;
    if (isOfSessions) {
      combiner.send(view.kept(), changes -> addSessions(view.definition().start(), changes));
    }
    store.put(key(generation), bytes(start));
    combiner.take(view.kept());
    combiner.sendStart(generation, partition, start);
    taken.add(generation);
    log.atInfo()
        .addKeyValue("view", generation.cells())
        .addKeyValue("partition", partition)
        .addKeyValue("offset", offset)
        .log("A view begins");
  }

  /**
   * What sessions are beyond what the past of the view has of them, which has what the topic has.
   */
  private void addSessions(ViewStart start, Consumer<SessionChange> changes) {
    if (start == ViewStart.NOW) {
      // Each of them whole, so that whatever is taken back from now on was added.
      sessions.forEach(session -> changes.accept(SessionChange.opened(session)));
    } else {
      sessions.forEachUnsent(
          (session, published) -> {
            if (published.isPresent()) {
              changes.accept(SessionChange.grown(published.get(), session));
            } else if (session.revision() == 0) {
              changes.accept(SessionChange.opened(session));
            }
          });
    }
  }

  private static byte[] key(ViewGeneration view) {
    return view.cells().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(long number) {
    var out = new ByteWriter(Long.BYTES);
    out.writeFixedLong(number);
    return out.toBytes();
  }
}
