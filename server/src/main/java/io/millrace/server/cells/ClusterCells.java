package io.millrace.server.cells;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.instance.InstanceDirectory;
import io.millrace.streams.OwnCells;
import io.millrace.views.CellReader;
import io.millrace.views.Completeness;
import io.millrace.views.KeptSince;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The cells of all instances, as one whole: those of this process from its stores, all others from
 * the instances that have them, each partition once. Safe for any number of threads.
 */
public final class ClusterCells implements CellReader {
  /** How often push queries look again for what others may have changed. */
  private static final long NANOS_BETWEEN_VERSIONS = 200_000_000L;

  private final OwnCells own;
  private final CellGathering.Sources sources;
  private final CellsMetrics metrics;
  private final boolean mayLack;
  private final Consumer<Completeness> told;

  ClusterCells(
      OwnCells own,
      InstanceDirectory directory,
      String self,
      CopyLags lags,
      RemoteCells remote,
      CellsConfig config,
      CellsMetrics metrics) {
    this(
        own,
        sources(own, directory, self, lags, remote, config),
        metrics,
        false,
        completeness -> {});
  }

  private ClusterCells(
      OwnCells own,
      CellGathering.Sources sources,
      CellsMetrics metrics,
      boolean mayLack,
      Consumer<Completeness> told) {
    this.own = own;
    this.sources = sources;
    this.metrics = metrics;
    this.mayLack = mayLack;
    this.told = told;
  }

  private static CellGathering.Sources sources(
      OwnCells own,
      InstanceDirectory directory,
      String self,
      CopyLags lags,
      RemoteCells remote,
      CellsConfig config) {
    var suspects = new Suspects();
    var routing =
        new CellRouting(
            directory,
            self,
            member -> !member.announcement().url().isEmpty() && !suspects.contains(member));
    return new CellGathering.Sources(own, routing, lags, remote, suspects, config);
  }

  @Override
  public void scan(
      String view,
      Grain grain,
      String site,
      long from,
      long to,
      BiConsumer<CellKey, Cell> receiver) {
    scanGroup(view, grain, site, from, to, List.of(), receiver);
  }

  /** Of no group in particular, all. */
  @Override
  public void scanGroup(
      String view,
      Grain grain,
      String site,
      long from,
      long to,
      List<String> group,
      BiConsumer<CellKey, Cell> receiver) {
    read(
        new Reading.Scanned(
            new CellRequest.Question.Scan(view, grain, site, from, to, group), receiver));
  }

  @Override
  public KeptSince keptSince(String view, String site) {
    var kept = new Reading.Kept(view, site);
    read(kept);
    return kept.since();
  }

  private void read(Reading reading) {
    Completeness completeness = new CellGathering(sources, mayLack).read(reading);
    metrics.answered(completeness);
    told.accept(completeness);
  }

  @Override
  public CellReader atBest(Consumer<Completeness> listener) {
    return new ClusterCells(own, sources, metrics, true, listener);
  }

  /** While all cells are here, the number of the changes; else it is another one now and then. */
  @Override
  public long version() {
    for (int partition = 0; partition < own.partitions(); partition++) {
      if (!own.has(partition)) {
        return Long.MIN_VALUE + System.nanoTime() / NANOS_BETWEEN_VERSIONS;
      }
    }
    return own.version();
  }
}
