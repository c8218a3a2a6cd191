package io.millrace.query.statements;

import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.TableDefinition;
import io.millrace.model.control.TableGeneration;
import io.millrace.query.error.Position;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.sql.SqlAnswer;
import io.millrace.views.DefinitionsUnavailableException;
import io.millrace.views.sql.Statement;
import io.millrace.views.table.TablePlan;
import java.util.List;
import java.util.Optional;

/**
 * Carries out statements that change which reference tables are defined, one at a time in this
 * process. Each is checked before it becomes a command, and has had its effect when it is answered.
 */
final class TableChanges {
  private final Definer definer;

  TableChanges(Definer definer) {
    this.definer = definer;
  }

  SqlAnswer create(Statement.CreateTable statement) {
    Position position = Statements.position(statement.position());
    TablePlan plan = statement.plan();
    definer.changing().lock();
    try {
      refuseIf(definer.control().tables().obstacle(plan), QueryErrorCode.VIEW_EXISTS, position);
      refuseIf(definer.control().obstacle(plan), QueryErrorCode.INVALID_SQL, position);
      // Every command about views and tables makes the version greater, so no number comes again.
      var generation = new TableGeneration(plan.name(), definer.known().version() + 1);
      definer.append(new ControlCommand.DefineTable(generation, statement.text()));
      TableDefinition defined = definer.known().tables().get(plan.name());
      if (defined == null || !defined.text().equals(statement.text())) {
        throw new DefinitionsUnavailableException(
            "others change the table " + plan.name() + " at the same time; try again");
      }
      return told(plan.name(), "is being read; SHOW TABLES tells how far it is");
    } finally {
      definer.changing().unlock();
    }
  }

  private static void refuseIf(Optional<String> obstacle, QueryErrorCode code, Position position) {
    obstacle.ifPresent(
        reason -> {
          throw new QueryException(code, position, reason);
        });
  }

  SqlAnswer drop(String name, boolean ifExists, Position position) {
    definer.changing().lock();
    try {
      TableDefinition former = definer.known().tables().get(name);
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
      definer.append(new ControlCommand.DropTable(name));
      return told(name, "is dropped; its topic stays as it is");
    } finally {
      definer.changing().unlock();
    }
  }

  private List<String> readers(TableGeneration table) {
    return definer.views().known().views().stream()
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
