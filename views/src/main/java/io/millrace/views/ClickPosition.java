package io.millrace.views;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A place in the log of counted clicks: everything before it has been seen, nothing from it on.
 *
 * @param offsets of each partition, in order, that of the next record; a partition beyond the last
 *     one begins with its first record
 */
public record ClickPosition(List<Long> offsets) {
  private static final Pattern OFFSET = Pattern.compile("0|[1-9][0-9]{0,17}");

  public ClickPosition {
    offsets = List.copyOf(offsets);
    if (offsets.isEmpty() || offsets.stream().anyMatch(offset -> offset < 0)) {
      throw new IllegalArgumentException("offsets: expected some from 0 on, got " + offsets);
    }
  }

  /** From {@link #toString}; empty for any other text. */
  public static Optional<ClickPosition> parse(String text) {
    var offsets = new ArrayList<Long>();
    for (String offset : text.split("\\.", -1)) {
      // One by one: a pattern for all of them goes as deep as there are offsets.
      if (!OFFSET.matcher(offset).matches()) {
        return Optional.empty();
      }
      offsets.add(Long.parseLong(offset));
    }
    return Optional.of(new ClickPosition(offsets));
  }

  /** The offset of the next record of a partition. */
  public long next(int partition) {
    return partition < offsets.size() ? offsets.get(partition) : 0;
  }

  /** The later of both places in each partition. */
  public ClickPosition and(ClickPosition other) {
    var later = new ArrayList<Long>();
    for (int i = 0; i < Math.max(offsets.size(), other.offsets.size()); i++) {
      later.add(Math.max(next(i), other.next(i)));
    }
    return new ClickPosition(later);
  }

  /** The place after a record that is here or later; itself where it is after it already. */
  public ClickPosition after(int partition, long offset) {
    if (next(partition) > offset) {
      return this;
    }
    var moved = new ArrayList<>(offsets);
    moved.addAll(Collections.nCopies(Math.max(0, partition + 1 - moved.size()), 0L));
    moved.set(partition, offset + 1);
    return new ClickPosition(moved);
  }

  /** Whether in no partition the other place is later. */
  public boolean reaches(ClickPosition other) {
    for (int i = 0; i < other.offsets.size(); i++) {
      if (next(i) < other.next(i)) {
        return false;
      }
    }
    return true;
  }

  /** The offsets with dots between them. */
  @Override
  public String toString() {
    return offsets.stream().map(String::valueOf).collect(Collectors.joining("."));
  }
}
