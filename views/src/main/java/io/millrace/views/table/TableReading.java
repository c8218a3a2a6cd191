package io.millrace.views.table;

import io.millrace.model.codec.MalformedBytesException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a table's topic, from its beginning on and for as long as it goes well. Until it
 * has come to the end that the topic had when it began, its rows are put aside, so that nobody sees
 * a table that has lost rows because it is read again. Belongs to one thread.
 *
 * <p>A record that is no row is refused, and the row from before stays: it is more likely to be
 * right than none.
 */
public final class TableReading {
  private final ReferenceTable table;
  private final Map<Integer, Long> ends;
  private final TableRows rows;
  private long refused;
  private @Nullable String latestRefusal;
  private boolean isWhole;

  TableReading(ReferenceTable table, Map<Integer, Long> ends) {
    this.table = table;
    this.ends = Map.copyOf(ends);
    rows = new TableRows(table.limits());
  }

  /**
   * Takes a record.
   *
   * @param value null where the row is deleted
   * @return why no row could be made of it, in words without its values; empty where one could
   */
  public Optional<String> take(
      int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {
    try {
      apply(key, value);
      return Optional.empty();
    } catch (MalformedBytesException malformed) {
      return Optional.of(refuse(partition, offset, String.valueOf(malformed.getMessage())));
    } catch (RuntimeException unforeseen) {
      // Whatever a record of somebody else does, the others are read on.
      return Optional.of(refuse(partition, offset, unforeseen.getClass().getSimpleName()));
    } finally {
      if (isWhole) {
        publish();
      }
    }
  }

  private void apply(byte @Nullable [] key, byte @Nullable [] value) {
    @Nullable Object[] row = table.codec().keyOf(key);
    Object lookupKey = table.codec().lookupKey(row);
    if (value == null) {
      rows.remove(lookupKey);
    } else {
      table.codec().complete(row, value);
      rows.put(lookupKey, row);
    }
  }

  private String refuse(int partition, long offset, String reason) {
    refused++;
    String refusal = "partition " + partition + ", offset " + offset + ": " + reason;
    latestRefusal = refusal;
    return refusal;
  }

  /** How many records were refused. */
  public long refused() {
    return refused;
  }

  /**
   * Says how far the topic has been read; once that is the whole, the rows are those of the table.
   *
   * @param positions of each partition, the offset of the next record
   */
  public void reached(Map<Integer, Long> positions) {
    if (!isWhole
        && ends.entrySet().stream()
            .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
      isWhole = true;
      publish();
    }
  }

  public boolean isWhole() {
    return isWhole;
  }

  private void publish() {
    table.publish(
        new ReferenceTable.Content(
            rows,
            rows.isTooBig() ? TableState.TOO_BIG : TableState.READY,
            refused,
            Optional.ofNullable(latestRefusal)));
  }
}
