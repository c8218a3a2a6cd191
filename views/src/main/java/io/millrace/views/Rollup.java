package io.millrace.views;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.codec.ByteWriter;
import java.util.List;

/**
 * Adds each click to the cells of all views in one pass: the shared scan. Belongs to one thread.
 *
 * <p>What a view costs is one filter per click, and for those it admits one table look-up per
 * grain.
 */
public final class Rollup {
  private final List<ViewPlan> plans;
  private final PartialTable table;
  private final ByteWriter key = new ByteWriter(256);

  public Rollup(List<ViewPlan> plans, PartialTable table) {
    this.plans = List.copyOf(plans);
    this.table = table;
  }

  public void add(JudgedClick click) {
    for (ViewPlan plan : plans) {
      if (plan.filter().admits(click)) {
        for (Grain grain : plan.grains()) {
          add(click, plan, cell(click, plan, grain));
        }
      }
    }
  }

  private Cell cell(JudgedClick click, ViewPlan plan, Grain grain) {
    key.reset();
    CellKey.writePrefix(key, plan.name(), grain, plan.isPerSite() ? Field.SITE.text(click) : "");
    int windowPosition = key.length();
    CellKey.writeWindow(key, grain.windowStart(click.time()));
    for (Field field : plan.groupFields()) {
      CellKey.writeDimension(key, field.text(click));
    }
    return table.cell(key, windowPosition, plan::emptyCell);
  }

  private static void add(JudgedClick click, ViewPlan plan, Cell cell) {
    for (int i = 0; i < plan.aggregates().size(); i++) {
      Aggregate aggregate = plan.aggregates().get(i);
      if (aggregate.filter().admits(click)) {
        aggregate.add(click, cell.accumulators().get(i));
      }
    }
  }
}
