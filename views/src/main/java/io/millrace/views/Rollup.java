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
      if (view.admits(click)) {
        view.add(click, table.cell(view, click));
      }
    }
  }

  /** Takes back from the cells what a session was, and adds what it is. */
  public void add(SessionChange change) {
    for (ViewPartials view : ofSessions) {
      Optional<SessionFact> before = change.before().filter(view::admits);
      Optional<SessionFact> after = change.after().filter(view::admits);
      if (before.isPresent() && after.isPresent() && view.isSameCell(before.get(), after.get())) {
        Cell cell = table.cell(view, after.get());
        view.remove(before.get(), cell);
        view.add(after.get(), cell);
      } else {
        before.ifPresent(fact -> view.remove(fact, table.cell(view, fact)));
        after.ifPresent(fact -> view.add(fact, table.cell(view, fact)));
      }
    }
  }
}
