package io.millrace.views;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.codec.ByteWriter;
import java.util.List;
import java.util.Optional;

/**
 * Adds each click, and each change of a session, to the cells of all views that are about it in one
 * pass: the shared scan. Belongs to one thread.
 *
 * <p>What a view costs is one filter per fact, and for those it admits one table look-up per grain;
 * for a session that changes its group or window, two.
 */
public final class Rollup {
  private final List<ViewPlan> ofClicks;
  private final List<ViewPlan> ofSessions;
  private final PartialTable table;
  private final ByteWriter key = new ByteWriter(256);

  public Rollup(List<ViewPlan> plans, PartialTable table) {
    this.ofClicks = of(Source.CLICKS, plans);
    this.ofSessions = of(Source.SESSIONS, plans);
    this.table = table;
  }

  private static List<ViewPlan> of(Source source, List<ViewPlan> plans) {
    return plans.stream().filter(plan -> plan.source() == source).toList();
  }

  public void add(JudgedClick click) {
    for (ViewPlan plan : ofClicks) {
      if (plan.filter().admits(click)) {
        for (Grain grain : plan.grains()) {
          add(click, plan, cell(click, plan, grain));
        }
      }
    }
  }

  /** Takes back from the cells what a session was, and adds what it is. */
  public void add(SessionChange change) {
    for (ViewPlan plan : ofSessions) {
      Optional<SessionFact> before = change.before().filter(plan.filter()::admits);
      Optional<SessionFact> after = change.after().filter(plan.filter()::admits);
      boolean staysInGroup =
          before.isPresent() && after.isPresent() && isSameGroup(plan, before.get(), after.get());
      for (Grain grain : plan.grains()) {
        if (staysInGroup && isSameWindow(grain, before.get(), after.get())) {
          Cell cell = cell(after.get(), plan, grain);
          remove(before.get(), plan, cell);
          add(after.get(), plan, cell);
        } else {
          before.ifPresent(fact -> remove(fact, plan, cell(fact, plan, grain)));
          after.ifPresent(fact -> add(fact, plan, cell(fact, plan, grain)));
        }
      }
    }
  }

  private static boolean isSameGroup(ViewPlan plan, Fact one, Fact other) {
    for (Field field : plan.dimensions()) {
      if (!field.text(one).equals(field.text(other))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSameWindow(Grain grain, Fact one, Fact other) {
    return grain.windowStart(one.time()) == grain.windowStart(other.time());
  }

  private Cell cell(Fact fact, ViewPlan plan, Grain grain) {
    key.reset();
    CellKey.writePrefix(key, plan.name(), grain, plan.isPerSite() ? Field.SITE.text(fact) : "");
    int windowPosition = key.length();
    CellKey.writeWindow(key, grain.windowStart(fact.time()));
    for (Field field : plan.groupFields()) {
      CellKey.writeDimension(key, field.text(fact));
    }
    return table.cell(key, windowPosition, plan::emptyCell);
  }

  private static void add(Fact fact, ViewPlan plan, Cell cell) {
    for (int i = 0; i < plan.aggregates().size(); i++) {
      Aggregate aggregate = plan.aggregates().get(i);
      if (aggregate.filter().admits(fact)) {
        aggregate.add(fact, cell.accumulators().get(i));
      }
    }
  }

  private static void remove(SessionFact fact, ViewPlan plan, Cell cell) {
    for (int i = 0; i < plan.aggregates().size(); i++) {
      // A plan about sessions has no others.
      var aggregate = (Aggregate.Reversible) plan.aggregates().get(i);
      if (aggregate.filter().admits(fact)) {
        aggregate.remove(fact, cell.accumulators().get(i));
      }
    }
  }
}
