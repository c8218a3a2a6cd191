package io.millrace.views;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How much of the cells something was read from.
 *
 * @param stale partitions of cells of which copies were read, with what those were behind
 * @param missing partitions of cells that were not read, or not to their end
 */
public record Completeness(SortedMap<Integer, Lag> stale, SortedSet<Integer> missing) {
  /** All cells, as the last transactions left them. */
  public static final Completeness COMPLETE = new Completeness(Map.of(), Set.of());

  public Completeness {
    stale = Collections.unmodifiableSortedMap(new TreeMap<>(stale));
    missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
  }

  /** Of partitions in any order. */
  public Completeness(Map<Integer, Lag> stale, Set<Integer> missing) {
    this(new TreeMap<>(stale), new TreeSet<>(missing));
  }

  /** Of one copy. */
  public static Completeness ofCopy(int partition, Lag lag) {
    return new Completeness(Map.of(partition, lag), Set.of());
  }

  /** Of one partition that was not read. */
  public static Completeness without(int partition) {
    return new Completeness(Map.of(), Set.of(partition));
  }

  /**
   * What a copy is behind.
   *
   * @param records of its changelog that it has not taken yet
   * @param time how long ago it had everything; empty where that is not known
   */
  public record Lag(long records, Optional<Duration> time) {

    public Lag {
      if (records < 0) {
        throw new IllegalArgumentException("records: expected at least 0, got " + records);
      }
    }

    /** The greater of both. */
    Lag or(Lag other) {
      boolean isKnown = time.isPresent() && other.time.isPresent();
      return new Lag(
          Math.max(records, other.records),
          isKnown
              ? Optional.of(
                  time.get().compareTo(other.time.get()) > 0 ? time.get() : other.time.get())
              : Optional.empty());
    }
  }

  /** Whether nothing is lacking. */
  public boolean isComplete() {
    return stale.isEmpty() && missing.isEmpty();
  }

  /**
   * {@code complete}; {@code stale} where copies were read; {@code partial} where some were not.
   */
  public String label() {
    if (!missing.isEmpty()) {
      return "partial";
    }
    return stale.isEmpty() ? "complete" : "stale";
  }

  /** Of what was read here and there. */
  public Completeness and(Completeness other) {
    if (other.isComplete()) {
      return this;
    }
    var copies = new TreeMap<>(stale);
    other.stale.forEach((partition, lag) -> copies.merge(partition, lag, Lag::or));
    var away = new TreeSet<>(missing);
    away.addAll(other.missing);
    return new Completeness((SortedMap<Integer, Lag>) copies, away);
  }
}
