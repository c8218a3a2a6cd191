package io.millrace.streams.rollup;

import io.millrace.model.control.ViewGeneration;
import io.millrace.views.JudgedClick;
import io.millrace.views.KeptView;
import io.millrace.views.PartialTable;
import io.millrace.views.Rollup;
import io.millrace.views.SessionChange;
import io.millrace.views.ViewPlan;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Gathers what clicks and sessions contribute to cells between two commits, and sends it to stage 2
 * right before each. So the traffic between the stages grows with the number of cells, not of
 * clicks, and a hot key is one cell like any other. Belongs to the thread of its task.
 */
public final class Combiner {

  /**
   * Beyond this the table is emptied before the commit, to bound its memory: at most about 50 MB of
   * new sketches.
   */
  private static final int MOST_CELLS = 20_000;

  private final ProcessorContext<byte[], byte[]> context;
  private final PartialTable table;
  private final PartialBatches batches;
  private final String sink;

  private Rollup rollup;

  /** When the latest click of the table was received: how fresh the partials are. */
  private long latestReceived;

  /**
   * A combiner that sends in the name of a processor.
   *
   * @param sink the child of that processor that batches of partials are forwarded to
   */
  public Combiner(
      ProcessorContext<byte[], byte[]> context,
      List<ViewPlan> views,
      PartialBatches batches,
      String sink) {
    this.context = context;
    this.table = new PartialTable(views);
    this.rollup = new Rollup(table);
    this.batches = batches;
    this.sink = sink;
  }

  /** Adds to a further view, from the next click on. */
  public void take(KeptView view) {
    table.add(view);
    rollup = new Rollup(table);
  }

  /** Adds to a view no longer, and forgets what was not sent yet. */
  public void forget(String cells) {
    table.remove(cells);
    rollup = new Rollup(table);
  }

  /** Sends from which offset, or number of a session, on a view has what comes of a partition. */
  public void sendStart(ViewGeneration view, int partition, long start) {
    int target = batches.partitionOf(partition);
    context.forward(
        new Record<>(
            PartialBatches.key(target),
            ViewStarts.batch(view, partition, start),
            context.currentSystemTimeMs()),
        sink);
  }

  /**
   * Sends what changes of sessions contribute to one view alone.
   *
   * @param changes hands all of them to what it is given
   */
  public void send(KeptView view, Consumer<Consumer<SessionChange>> changes) {
    var only = new PartialTable();
    only.add(view);
    var rollupOfOne = new Rollup(only);
    long time = context.currentSystemTimeMs();
    changes.accept(
        change -> {
          rollupOfOne.add(change);
          if (only.size() >= MOST_CELLS) {
            send(only, time);
          }
        });
    send(only, time);
  }

  /** Takes one click, while its record is processed. */
  public void add(JudgedClick click) {
    rollup.add(click);
    latestReceived = Math.max(latestReceived, click.receivedTime());
    sendIfLarge();
  }

  /** Takes a change of a session, while the record that caused it is processed. */
  public void add(SessionChange change) {
    rollup.add(change);
    sendIfLarge();
  }

  private void sendIfLarge() {
    if (table.size() >= MOST_CELLS) {
      send();
    }
  }

  /** Sends what was gathered; to be called before each commit. */
  public void send() {
    if (table.isEmpty()) {
      return;
    }
    // A broker refuses what is said to be of the future.
    send(table, Math.min(latestReceived, context.currentSystemTimeMs()));
  }

  private void send(PartialTable partials, long time) {
    batches.pack(
        partials,
        (partition, batch) ->
            context.forward(new Record<>(PartialBatches.key(partition), batch, time), sink));
    partials.clear();
  }
}
