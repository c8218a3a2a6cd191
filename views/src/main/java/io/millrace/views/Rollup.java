package io.millrace.views;

import io.millrace.model.cell.Cell;
import java.util.List;
import java.util.Optional;

/**
 * Adds each click, and each change of a session, to the cells of all views that are about it in one
 * pass: the shared scan. Belongs to one thread.
 *
 * <p>What a view costs is one filter per fact, and for those it admits one table look-up; for a
 * session that changes its group or window, two.
 */
public final class Rollup {
  private final PartialTable table;
  private final List<ViewPartials> ofClicks;
  private final List<ViewPartials> ofSessions;

  /** A rollup of all views that a table is about. */
  public Rollup(PartialTable table) {
    this.table = table;
    this.ofClicks = table.of(Source.CLICKS);
    this.ofSessions = table.of(Source.SESSIONS);
  }

  public void add(JudgedClick click) {
    for (ViewPartials view : ofClicks) {
      if (view.plan().filter().admits(click)) {
        add(click, view.plan(), table.cell(view, click));
      }
    }
  }

  /** Takes back from the cells what a session was, and adds what it is. */
  public void add(SessionChange change) {
    for (ViewPartials view : ofSessions) {
      ViewPlan plan = view.plan();
      Optional<SessionFact> before = change.before().filter(plan.filter()::admits);
      Optional<SessionFact> after = change.after().filter(plan.filter()::admits);
      if (before.isPresent()
          && after.isPresent()
          && view.isSameCell(before.get(), after.get())) {
        Cell cell = table.cell(view, after.get());
        remove(before.get(), plan, cell);
        add(after.get(), plan, cell);
      } else {
        before.ifPresent(fact -> remove(fact, plan, table.cell(view, fact)));
        after.ifPresent(fact -> add(fact, plan, table.cell(view, fact)));
      }
    }
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
