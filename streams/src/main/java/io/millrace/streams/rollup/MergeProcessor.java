package io.millrace.streams.rollup;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.codec.MalformedBytesException;
import io.millrace.model.control.ViewDefinitions;
import io.millrace.model.control.ViewGeneration;
import io.millrace.views.ViewPlan;
import io.millrace.views.ViewWindows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stage 2 of one partition: merges partials into the cells of the views, of each of the view's
 * grains, and sends changed cells of views that have a topic.
 *
 * <p>Cells are written before each commit, and in between soon after a partial came, so that
 * queries see it; while behind, before the commit alone. Those that are no longer kept are deleted
 * from time to time, see {@link CellRetention}, and so are those of views that are gone, see {@link
 * GoneCells}. Views that are defined while it runs come with their partials.
 */
public final class MergeProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  public static final String CELLS = "cells";

  /** The store by which it learns of commits. */
  public static final String COMMITS = "cell-commits";

  /**
   * The partials of one commit of stage 1 come together, one record from each of its tasks; so much
   * later all of them are here, and a cell that is in many of them is written once.
   */
  private static final Duration WRITTEN_AFTER = Duration.ofMillis(10);

  /** Beyond this cells are written before the commit, to bound what is kept of them. */
  private static final int MOST_CHANGED = 20_000;

  /** From the first partial since the last sweep to the next one. */
  private static final Duration SWEPT_AFTER = Duration.ofMinutes(1);

  /** From one sweep to the next while there is more to delete. */
  private static final Duration SWEPT_ON_AFTER = Duration.ofSeconds(1);

  /** Cells that one sweep deletes, so that partials wait for some milliseconds only. */
  private static final int MOST_DELETED = 5_000;

  private static final Logger log = LoggerFactory.getLogger(MergeProcessor.class);

  private final List<MergedView> views;
  private final Map<String, MergedView> definedViews = new HashMap<>();
  private final ViewDefinitions definitions;
  private final CommitPace pace;
  private final CellTasks tasks;
  private final TransactionWatch transactions;
  private @Nullable Live live;
  private @Nullable MergedView latestView;

  /** One where no views are defined but these. */
  public MergeProcessor(List<ViewPlan> views, CommitPace pace) {
    this(views, new ViewDefinitions(), pace, new CellTasks(), new TransactionWatch());
  }

  /**
   * One of these views, and of those that are defined while it runs.
   *
   * @param definitions which of them are gone again
   * @param tasks is told who works, and of each change
   * @param transactions of the threads that work
   */
  public MergeProcessor(
      List<ViewPlan> views,
      ViewDefinitions definitions,
      CommitPace pace,
      CellTasks tasks,
      TransactionWatch transactions) {
    this.views = views.stream().map(MergedView::new).toList();
    this.definitions = definitions;
    this.pace = pace;
    this.tasks = tasks;
    this.transactions = transactions;
  }

  /** The name of the sink that writes the topic of a view. */
  public static String sinkOf(ViewPlan view) {
    return ViewTopic.sinkOf(view);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    var begun = new Live(context);
    live = begun;
    if (!begun.commits.isStale()) {
      tasks.begin(begun.partition);
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Live now = live;
    if (now == null) {
      throw new IllegalStateException("a record came before init");
    }
    now.commits.requireCommitted();
    now.merge(read(record), record.timestamp());
  }

  @Override
  public void close() {
    Live ended = live;
    if (ended != null) {
      tasks.end(ended.partition);
      ended.commits.close();
      live = null;
    }
  }

  /** A cell's contribution, whose, and when its window starts. */
  private record Partial(MergedView view, byte[] key, long window, Cell cell) {}

  /**
   * All of a batch before any of it is merged. One that cannot be read is passed over. The books
   * show that where the account was in it, as it is in all but the largest commits, which take more
   * than one batch for a partition.
   */
  private List<Partial> read(Record<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    try {
      if (value != null) {
        var batch = new Batch();
        PartialBatches.unpack(value, batch);
        return batch.partials;
      }
      log.atError().log("A record of partials has no value");
    } catch (MalformedBytesException malformed) {
      log.atError().setCause(malformed).log("A record of partials cannot be read");
    }
    return List.of();
  }

  /** What is to be merged of a batch. */
  private final class Batch implements PartialBatches.Receiver {
    private final List<Partial> partials = new ArrayList<>();
    private @Nullable MergedView introduced;
    private boolean isPassedOver;

    @Override
    public void windows(String cells, ViewWindows windows) {
      introduced = definedView(cells, windows);
      isPassedOver = isGone(cells);
    }

    @Override
    public void partial(byte[] key, Cell cell) {
      MergedView defined = introduced;
      if (defined == null || !defined.isOf(key)) {
        add(viewOf(key), key, cell);
      } else if (!isPassedOver) {
        add(defined, key, cell);
      }
    }

    private void add(MergedView view, byte[] key, Cell cell) {
      requireFit(view, cell);
      partials.add(new Partial(view, key, CellKey.windowStart(key), cell));
    }
  }

  private boolean isGone(String cells) {
    return ViewGeneration.ofCells(cells).filter(definitions.known().gone()::contains).isPresent();
  }

  private MergedView definedView(String cells, ViewWindows windows) {
    MergedView known = definedViews.get(cells);
    if (known != null && known.has(windows)) {
      return known;
    }
    var view = new MergedView(cells, windows);
    definedViews.put(cells, view);
    Live now = live;
    if (now != null) {
      now.retention.know(view);
    }
    return view;
  }

  private MergedView viewOf(byte[] key) {
    // The cells of a view come one after the other.
    MergedView latest = latestView;
    if (latest != null && latest.isOf(key)) {
      return latest;
    }
    for (MergedView view : views) {
      if (view.isOf(key)) {
        latestView = view;
        return view;
      }
    }
    throw new MalformedBytesException("a partial is of no view: " + CellKey.parse(key).view());
  }

  private static void requireFit(MergedView view, Cell cell) {
    if (!view.fits(cell)) {
      throw new MalformedBytesException("a partial does not fit the view " + view.name());
    }
  }

  /** What there is only between init and close. */
  private final class Live {
    private final ProcessorContext<byte[], byte[]> context;
    private final int partition;
    private final CellCache cells;
    private final Commits commits;
    private final Deadline write;
    private final CellRetention retention;
    private final Deadline sweep;
    private final Deadline sweepOn;
    private final GoneCells gone;
    private final Deadline sweepGone;
    private long latestTime;

    /** Of the definitions when it was last looked for what is gone. */
    private long version;

    Live(ProcessorContext<byte[], byte[]> context) {
      this.context = context;
      partition = context.taskId().partition();
      commits = Commits.bind(context, COMMITS, pace, transactions);
      commits.before(this::write);
      KeyValueStore<byte[], byte[]> store = commits.store(CELLS);
      cells = new CellCache(store);
      retention = new CellRetention(store, cells, views);
      write = commits.deadline(WRITTEN_AFTER, this::write);
      sweep = commits.deadline(SWEPT_AFTER, this::sweep);
      sweepOn = commits.deadline(SWEPT_ON_AFTER, this::sweep);
      gone = new GoneCells(store, cells, definitions);
      sweepGone = commits.deadline(SWEPT_ON_AFTER, this::sweepGone);
      definedViews.values().forEach(retention::know);
    }

    void merge(List<Partial> partials, long time) {
      freeWhatIsGone();
      for (Partial partial : partials) {
        merge(partial, retention.meet(partial.view, partial.key, partial.window, time));
      }
      sweep.set();
      latestTime = Math.max(latestTime, time);
      commits.gathered(time);
      if (!commits.isBehind(time)) {
        write.set();
      }
      if (cells.changed() > MOST_CHANGED) {
        write();
      }
    }

    /** Of a window that is not kept the cell would be a part, and nobody could tell. */
    private void merge(Partial partial, KeptWindows kept) {
      MergedView view = partial.view;
      if (kept.keeps(view.finestGrain(), partial.window)) {
        cells.merge(view, partial.key, partial.cell);
      }
      for (Grain grain : view.coarserGrains()) {
        if (kept.keeps(grain, partial.window)) {
          cells.merge(view, CellKey.inGrain(partial.key, grain), partial.cell);
        }
      }
    }

    private void sweep() {
      sweep.cancel();
      sweepOn.cancel();
      write();
      boolean isMore = retention.sweep(MOST_DELETED, this::sendDeletion);
      tasks.changed();
      if (isMore) {
        sweepOn.set();
      }
    }

    /** Also after each start, since the one before may have been in the middle of it. */
    private void freeWhatIsGone() {
      if (definitions.version() != version) {
        version = definitions.version();
        definedViews.keySet().removeIf(MergeProcessor.this::isGone);
        gone.restart();
        sweepGone.set();
      }
    }

    private void sweepGone() {
      sweepGone.cancel();
      write();
      boolean isMore = gone.sweep(MOST_DELETED);
      tasks.changed();
      if (isMore) {
        sweepGone.set();
      }
    }

    private void sendDeletion(MergedView view, byte[] key) {
      if (view.topic().isPresent()) {
        ViewTopic topic = view.topic().get();
        byte[] recordKey = topic.recordKey(CellKey.parse(key));
        context.forward(new Record<>(recordKey, null, latestTime), topic.sink());
      }
    }

    private void write() {
      write.cancel();
      retention.writeChanged();
      cells.writeChanged(this::send);
      tasks.changed();
    }

    private void send(MergedView view, byte[] key, Cell cell) {
      if (view.topic().isPresent()) {
        ViewTopic topic = view.topic().get();
        CellKey cellKey = CellKey.parse(key);
        byte @Nullable [] value = cell.isNothing() ? null : topic.recordValue(cellKey, cell);
        context.forward(new Record<>(topic.recordKey(cellKey), value, latestTime), topic.sink());
      }
    }
  }
}
