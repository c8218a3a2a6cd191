package io.millrace.streams.rollup;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.codec.MalformedBytesException;
import io.millrace.views.ViewPlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stage 2 of one partition: merges partials into the cells of the views, and sends changed cells of
 * views that have a topic.
 */
public final class MergeProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  public static final String CELLS = "cells";

  private static final Logger log = LoggerFactory.getLogger(MergeProcessor.class);

  private final Map<String, Cell> emptyCells;
  private final List<ViewTopic> topics;
  private @Nullable Live live;

  /** What there is only between init and close. */
  private record Live(
      ProcessorContext<byte[], byte[]> context, KeyValueStore<byte[], byte[]> cells) {}

  public MergeProcessor(List<ViewPlan> views) {
    emptyCells = views.stream().collect(Collectors.toMap(ViewPlan::name, ViewPlan::emptyCell));
    topics = views.stream().filter(view -> view.topic().isPresent()).map(ViewTopic::new).toList();
  }

  /** The name of the sink that writes the topic of a view. */
  public static String sinkOf(ViewPlan view) {
    return ViewTopic.sinkOf(view);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    live = new Live(context, context.getStateStore(CELLS));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Live now = live;
    if (now == null) {
      throw new IllegalStateException("a record came before init");
    }
    read(record).forEach(entry -> merge(now, entry.key(), entry.partial(), record.timestamp()));
  }

  /**
   * All of a batch before any of it is merged. One that cannot be read is passed over. The books
   * show that where the account was in it, as it is in all but the largest commits, which take more
   * than one batch for a partition.
   */
  private List<PartialBatches.Entry> read(Record<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    try {
      if (value != null) {
        List<PartialBatches.Entry> entries = PartialBatches.unpack(value);
        entries.forEach(this::requireKnown);
        return entries;
      }
      log.atError().log("A record of partials has no value");
    } catch (MalformedBytesException malformed) {
      log.atError().setCause(malformed).log("A record of partials cannot be read");
    }
    return List.of();
  }

  /** A cell of a view, in the shape that the view has now. */
  private void requireKnown(PartialBatches.Entry entry) {
    CellKey key = CellKey.parse(entry.key());
    Cell empty = emptyCells.get(key.view());
    if (empty == null || !empty.hasShapeOf(entry.partial())) {
      throw new MalformedBytesException("a partial does not fit the view " + key.view());
    }
  }

  private void merge(Live now, byte[] key, Cell partial, long timestamp) {
    byte @Nullable [] stored = now.cells.get(key);
    Cell cell = partial;
    if (stored != null) {
      cell = Cell.parse(stored);
      cell.merge(partial);
    }
    if (cell.isNothing()) {
      now.cells.delete(key);
    } else {
      now.cells.put(key, cell.toBytes());
    }
    for (ViewTopic topic : topics) {
      if (topic.isAbout(key)) {
        CellKey cellKey = CellKey.parse(key);
        now.context.forward(
            new Record<>(topic.recordKey(cellKey), topic.recordValue(cellKey, cell), timestamp),
            topic.sink());
      }
    }
  }
}
