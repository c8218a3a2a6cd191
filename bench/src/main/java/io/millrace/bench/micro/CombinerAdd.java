package io.millrace.bench.micro;

import io.millrace.model.EnrichedClick;
import io.millrace.model.TopicLayout;
import io.millrace.streams.enrich.Enricher;
import io.millrace.streams.enrich.EnrichmentSources;
import io.millrace.streams.rollup.PartialBatches;
import io.millrace.views.BuiltInViews;
import io.millrace.views.JudgedClick;
import io.millrace.views.PartialTable;
import io.millrace.views.Rollup;
import io.millrace.views.ViewPlan;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What one click costs the combiner: it is added to the cells of the views, with a thousand clicks
 * between two commits. What sessions contribute is not in it.
 */
@State(Scope.Thread)
public class CombinerAdd {
  private final PartialTable all = new PartialTable(BuiltInViews.all());
  private final Rollup toAll = new Rollup(all);
  private final PartialTable one = new PartialTable(List.of(urlClickCounts()));
  private final Rollup toOne = new Rollup(one);
  private final PartialTable full = new PartialTable(BuiltInViews.all());
  private final PartialBatches batches = new PartialBatches(TopicLayout.LOCAL.rollupPartitions());
  private List<JudgedClick> clicks = List.of();

  private static ViewPlan urlClickCounts() {
    return BuiltInViews.all().stream()
        .filter(view -> view.name().equals(BuiltInViews.URL_CLICK_COUNTS))
        .findFirst()
        .orElseThrow();
  }

  @Setup
  public void prepare() {
    var enricher = new Enricher(EnrichmentSources.load());
    clicks =
        ClickSample.clicks().stream()
            .map(
                click ->
                    JudgedClick.counted(
                        new EnrichedClick(click, enricher.enrich(click)), 0, 0, click.time()))
            .toList();
    clicks.forEach(new Rollup(full)::add);
  }

  @Benchmark
  @OperationsPerInvocation(ClickSample.SIZE)
  public int toOneView() {
    return add(toOne, one);
  }

  @Benchmark
  @OperationsPerInvocation(ClickSample.SIZE)
  public int toAllViews() {
    return add(toAll, all);
  }

  private int add(Rollup rollup, PartialTable table) {
    table.clear();
    clicks.forEach(rollup::add);
    return table.size();
  }

  /** Writing what a thousand clicks left, as before each commit; told per click. */
  @Benchmark
  @OperationsPerInvocation(ClickSample.SIZE)
  public void packAllViews(Blackhole records) {
    batches.pack(full, (partition, batch) -> records.consume(batch));
  }
}
