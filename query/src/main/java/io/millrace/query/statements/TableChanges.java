package io.millrace.query.statements;

import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.TableDefinition;
import io.millrace.model.control.TableGeneration;
import io.millrace.query.error.Position;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.sql.SqlAnswer;
import io.millrace.views.DefinedViews;
import io.millrace.views.DefinitionsUnavailableException;
import io.millrace.views.ViewControl;
import io.millrace.views.sql.Statement;
import io.millrace.views.table.TablePlan;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Carries out statements that change which reference tables are defined, one at a time in this
 * process. Each is checked before it becomes a command, and has had its effect when it is answered.
 */
final class TableChanges {
  private final DefinedViews views;
  private final ViewControl control;
  private final ReentrantLock changing;

  /** One that holds a lock, which is that of tables and views alike, for each change. */
  TableChanges(DefinedViews views, ViewControl control, ReentrantLock changing) {
    this.views = views;
    this.control = control;
    this.changing = changing;
  }

  SqlAnswer create(Statement.CreateTable statement) {
    Position position = Statements.position(statement.position());
    TablePlan plan = statement.plan();
    changing.lock();
    try {
      refuseIf(control.tables().obstacle(plan), QueryErrorCode.VIEW_EXISTS, position);
      refuseIf(control.obstacle(plan), QueryErrorCode.INVALID_SQL, position);
      // Every command about views and tables makes the version greater, so no number comes again.
      var generation = new TableGeneration(plan.name(), views.definitions().version() + 1);
      control.append(new ControlCommand.DefineTable(generation, statement.text()));
      TableDefinition defined = views.definitions().known().tables().get(plan.name());
      if (defined == null || !defined.text().equals(statement.text())) {
        throw new DefinitionsUnavailableException(
            "others change the table " + plan.name() + " at the same time; try again");
      }
      return told(plan.name(), "is being read; SHOW TABLES tells how far it is");
    } finally {
      changing.unlock();
    }
  }

  private static void refuseIf(Optional<String> obstacle, QueryErrorCode code, Position position) {
    obstacle.ifPresent(
        reason -> {
          throw new QueryException(code, position, reason);
        });
  }

  SqlAnswer drop(String name, boolean ifExists, Position position) {
    changing.lock();
    try {
      TableDefinition former = views.definitions().known().tables().get(name);
      if (former == null) {
        if (ifExists) {
          return told(name, "there is no such table; nothing was done");
        }
        throw new QueryException(
            QueryErrorCode.UNKNOWN_VIEW, position, "there is no reference table " + name);
      }
      List<String> readers = readers(former.generation());
      if (!readers.isEmpty()) {
        throw new QueryException(
            QueryErrorCode.INVALID_SQL,
            position,
            "the table "
                + name
                + " is read by "
                + String.join(", ", readers)
                + "; drop that first");
      }
      control.append(new ControlCommand.DropTable(name));
      return told(name, "is dropped; its topic stays as it is");
    } finally {
      changing.unlock();
    }
  }

  private List<String> readers(TableGeneration table) {
    return views.known().views().stream()
        .filter(
            view -> view.plan().tables().stream().anyMatch(read -> read.generation().equals(table)))
        .map(view -> view.definition().name())
        .distinct()
        .sorted()
        .toList();
  }

  private static SqlAnswer told(String name, String outcome) {
    return new Rows("table", "outcome").add(name, outcome).answer(1);
  }
}
