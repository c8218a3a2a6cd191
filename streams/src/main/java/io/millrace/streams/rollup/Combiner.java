package io.millrace.streams.rollup;

import io.millrace.views.JudgedClick;
import io.millrace.views.PartialTable;
import io.millrace.views.Rollup;
import io.millrace.views.SessionChange;
import io.millrace.views.ViewPlan;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Gathers what clicks and sessions contribute to cells between two commits, and sends it to stage 2
 * right before each. So the traffic between the stages grows with the number of cells, not of
 * clicks, and a hot key is one cell like any other. Belongs to the thread of its task.
 */
public final class Combiner {
  public static final String STORE = "combiner";

  /**
   * Beyond this the table is emptied before the commit, to bound its memory: at most about 50 MB of
   * new sketches.
   */
  private static final int MOST_CELLS = 20_000;

  private final ProcessorContext<byte[], byte[]> context;
  private final CombinerStore store;
  private final PartialTable table = new PartialTable();
  private final Rollup rollup;
  private final PartialBatches batches;
  private final String sink;

  private Combiner(
      ProcessorContext<byte[], byte[]> context,
      List<ViewPlan> views,
      PartialBatches batches,
      String sink) {
    this.context = context;
    this.store = context.getStateStore(STORE);
    this.rollup = new Rollup(views, table);
    this.batches = batches;
    this.sink = sink;
  }

  /**
   * A combiner that sends in the name of the processor whose init calls this.
   *
   * @param sink the child that batches of partials are forwarded to
   */
  public static Combiner bind(
      ProcessorContext<byte[], byte[]> context,
      List<ViewPlan> views,
      PartialBatches batches,
      String sink) {
    var combiner = new Combiner(context, views, batches, sink);
    combiner.store.bind(context, combiner::empty);
    return combiner;
  }

  public void add(JudgedClick click) {
    rollup.add(click);
    gathered();
  }

  /** To be called while a record is processed, as for a click. */
  public void add(SessionChange change) {
    rollup.add(change);
    gathered();
  }

  private void gathered() {
    store.gathered();
    if (table.size() >= MOST_CELLS) {
      empty();
    }
  }

  private void empty() {
    if (table.isEmpty()) {
      return;
    }
    batches.pack(
        table,
        (partition, batch) ->
            context.forward(
                new Record<>(PartialBatches.key(partition), batch, context.currentSystemTimeMs()),
                sink));
    table.clear();
  }
}
