package io.millrace.model.instance;

import io.millrace.model.control.ViewGeneration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an instance says of itself, now and then and whenever it changes.
 *
 * @param instance its id, another one for each process
 * @param name what people call it
 * @param url where it answers; empty where it does not
 * @param roles what it does, by name
 * @param version of its program
 * @param active the partitions of cells that can be read there and are up to date
 * @param copies the partitions of cells of which it has copies
 * @param pasts the views that are given their past there just now
 */
public record Announcement(
    String instance,
    String name,
    String url,
    SortedSet<String> roles,
    String version,
    SortedSet<Integer> active,
    List<Copy> copies,
    List<Past> pasts) {
  private static final int LONGEST_TEXT = 512;
  private static final int MOST_ROLES = 16;

  /** More partitions of cells than anybody needs. */
  static final int MOST_PARTITIONS = 4_096;

  static final int MOST_PASTS = 64;

  public Announcement {
    if (instance.isEmpty()) {
      throw new IllegalArgumentException("instance: expected an id, got an empty text");
    }
    requireBounded("instance", instance);
    requireBounded("name", name);
    requireBounded("url", url);
    requireBounded("version", version);
    roles.forEach(role -> requireBounded("roles", role));
    requireAtMost("roles", roles.size(), MOST_ROLES);
    requireAtMost("active", active.size(), MOST_PARTITIONS);
    requireAtMost("copies", copies.size(), MOST_PARTITIONS);
    requireAtMost("pasts", pasts.size(), MOST_PASTS);
    active.forEach(Announcement::requirePartition);
    roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    active = Collections.unmodifiableSortedSet(new TreeSet<>(active));
    copies = List.copyOf(copies);
    pasts = List.copyOf(pasts);
  }

  /** The same with sets in any order. */
  public Announcement(
      String instance,
      String name,
      String url,
      Set<String> roles,
      String version,
      Set<Integer> active,
      List<Copy> copies,
      List<Past> pasts) {
    this(instance, name, url, new TreeSet<>(roles), version, new TreeSet<>(active), copies, pasts);
  }

  /**
   * A copy of a partition of cells.
   *
   * @param lag records of the changelog that it has not taken yet
   * @param lagMillis how long ago it had everything; less than 0 where that is not known
   */
  public record Copy(int partition, long lag, long lagMillis) {
    public Copy {
      requirePartition(partition);
      if (lag < 0) {
        throw new IllegalArgumentException("lag: expected at least 0, got " + lag);
      }
    }
  }

  /** How far a view is given its past, in records of the lanes. */
  public record Past(ViewGeneration view, long processed, long total) {}

  /** The copy of a partition that it has. */
  public Optional<Copy> copyOf(int partition) {
    return copies.stream().filter(copy -> copy.partition() == partition).findFirst();
  }

  private static void requirePartition(int partition) {
    if (partition < 0 || partition >= MOST_PARTITIONS) {
      throw new IllegalArgumentException("partition: expected 0 to 4095, got " + partition);
    }
  }

  private static void requireBounded(String key, String text) {
    requireAtMost(key, text.length(), LONGEST_TEXT);
  }

  private static void requireAtMost(String key, int count, int most) {
    if (count > most) {
      throw new IllegalArgumentException(key + ": expected at most " + most + ", got " + count);
    }
  }
}
