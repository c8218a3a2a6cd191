package io.millrace.query.testing;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.views.CellReader;
import io.millrace.views.CellsUnavailableException;
import io.millrace.views.Completeness;
import io.millrace.views.JudgedClick;
import io.millrace.views.KeptSince;
import io.millrace.views.PartialTable;
import io.millrace.views.Rollup;
import io.millrace.views.ViewCatalog;
import java.util.HashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The cells of all clicks added, computed as the processors do. */
public final class InMemoryCells implements CellReader {
  private final PartialTable table;
  private final Rollup rollup;
  private boolean isAway;
  private Completeness lacking = Completeness.COMPLETE;
  private int scans;

  public InMemoryCells(ViewCatalog catalog) {
    table = new PartialTable(catalog.plans());
    rollup = new Rollup(table);
  }

  public synchronized void add(JudgedClick... clicks) {
    for (JudgedClick click : clicks) {
      rollup.add(click);
    }
  }

  /** From now on, cells can or cannot be read. */
  public synchronized void setAway(boolean isAway) {
    this.isAway = isAway;
  }

  /** From now on, this is all that can be had: whoever needs all cells fails. */
  public synchronized void setLacking(Completeness some) {
    lacking = some;
  }

  @Override
  public CellReader atBest(Consumer<Completeness> told) {
    return new CellReader() {
      @Override
      public void scan(
          String view,
          Grain grain,
          String site,
          long from,
          long to,
          BiConsumer<CellKey, Cell> receiver) {
        read(view, grain, site, from, to, receiver);
        told.accept(lacking);
      }

      @Override
      public KeptSince keptSince(String view, String site) {
        return InMemoryCells.this.keptSince(view, site);
      }
    };
  }

  public synchronized int scans() {
    return scans;
  }

  @Override
  public synchronized void scan(
      String view,
      Grain grain,
      String site,
      long from,
      long to,
      BiConsumer<CellKey, Cell> receiver) {
    if (!lacking.isComplete()) {
      throw new CellsUnavailableException("away", new IllegalStateException("killed"));
    }
    read(view, grain, site, from, to, receiver);
  }

  private synchronized void read(
      String view,
      Grain grain,
      String site,
      long from,
      long to,
      BiConsumer<CellKey, Cell> receiver) {
    scans++;
    if (isAway) {
      throw new CellsUnavailableException("moving", new IllegalStateException("rebalance"));
    }
    long keptSince = keptSince(view, site).of(grain);
    var cells = new HashMap<CellKey, Cell>();
    table.forEach(
        (plan, bytes, groupHash, partial) -> {
          if (plan.name().equals(view) && plan.grains().contains(grain)) {
            CellKey key = CellKey.parse(CellKey.inGrain(bytes.toBytes(), grain));
            cells.computeIfAbsent(key, none -> plan.emptyCell()).merge(partial);
          }
        });
    cells.forEach(
        (key, cell) -> {
          long start = key.windowStart();
          if (key.site().equals(site) && start >= from && start < to && start >= keptSince) {
            receiver.accept(key, cell);
          }
        });
  }

  @Override
  public synchronized KeptSince keptSince(String view, String site) {
    KeptSince[] kept = {KeptSince.EVERYTHING};
    table.forEach(
        (plan, bytes, groupHash, partial) -> {
          CellKey key = CellKey.parse(bytes.toBytes());
          if (plan.name().equals(view) && key.site().equals(site)) {
            kept[0] = kept[0].and(plan.keptSince(key.windowStart()));
          }
        });
    return kept[0];
  }
}
