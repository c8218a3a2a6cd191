package io.millrace.query.statements;

import io.millrace.model.control.BackfillState;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.ViewDefinition;
import io.millrace.model.control.ViewDefinitions;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.control.ViewStart;
import io.millrace.model.control.ViewSwap;
import io.millrace.query.error.Position;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.sql.SqlAnswer;
import io.millrace.views.DefinitionsUnavailableException;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import io.millrace.views.sql.Statement;
import io.millrace.views.sql.ViewCompiler;
import io.millrace.views.table.ReferenceTables;
import io.millrace.views.table.TableState;
import java.util.Map;
import java.util.Optional;

/**
 * Carries out statements that change which views are defined, one at a time in this process. Each
 * is checked before it becomes a command, and has had its effect when it is answered.
 */
final class ViewChanges {
  /** Each costs every event a little. */
  static final int MOST_VIEWS = 200;

  /** Of processes that give the same number at the same time. */
  private static final int MOST_TRIES = 5;

  private final Definer definer;

  ViewChanges(Definer definer) {
    this.definer = definer;
  }

  SqlAnswer create(Statement.CreateView statement) {
    requireDefinable(statement, definer.control().tables());
    definer.changing().lock();
    try {
      for (int i = 0; i < MOST_TRIES; i++) {
        // Looked at each time: who gave the same number may have made a view of this name.
        Optional<ViewDefinition> former = current(statement.name());
        if (former.isPresent() && !statement.replaces()) {
          return existing(statement, former.get());
        }
        requireNoTable(statement);
        requireRoom(statement);
        Optional<ViewDefinition> defined = define(statement);
        if (defined.isPresent()) {
          return told(defined.get(), outcome(statement, former));
        }
      }
    } finally {
      definer.changing().unlock();
    }
    throw othersChange(statement.name());
  }

  private static SqlAnswer existing(Statement.CreateView statement, ViewDefinition former) {
    if (statement.onlyIfAbsent()) {
      return told(former, "there is such a view already; nothing was done");
    }
    throw new QueryException(
        QueryErrorCode.VIEW_EXISTS,
        Statements.position(statement.position()),
        "there is a view " + statement.name() + " already; write CREATE OR REPLACE");
  }

  private void requireNoTable(Statement.CreateView statement) {
    if (definer.known().tables().containsKey(statement.name())) {
      throw new QueryException(
          QueryErrorCode.VIEW_EXISTS,
          Statements.position(statement.position()),
          statement.name() + " is a reference table; choose another name");
    }
  }

  private static DefinitionsUnavailableException othersChange(String name) {
    return new DefinitionsUnavailableException(
        "others change the view " + name + " at the same time; try again");
  }

  /** That it has a plan, and may be defined while the program runs. */
  static ViewPlan requireDefinable(Statement.CreateView statement, ReferenceTables tables) {
    ViewPlan plan = ViewCompiler.define(statement.text(), tables.known());
    tooBig(plan)
        .ifPresent(
            obstacle -> {
              throw new QueryException(
                  QueryErrorCode.INVALID_SQL, Statements.position(statement.position()), obstacle);
            });
    return plan;
  }

  /** One that is there already goes on: without some rows is better than not at all. */
  private static Optional<String> tooBig(ViewPlan plan) {
    return plan.tables().stream()
        .filter(table -> table.status().state() == TableState.TOO_BIG)
        .findFirst()
        .map(
            table ->
                "the reference table "
                    + table.plan().name()
                    + " is too big to be held in memory, so rows are missing");
  }

  private void requireRoom(Statement.CreateView statement) {
    ViewDefinitions.Known known = definer.known();
    if (known.all().count() >= MOST_VIEWS) {
      throw new QueryException(
          QueryErrorCode.QUERY_TOO_LARGE,
          Statements.position(statement.position()),
          "there are " + MOST_VIEWS + " defined views, and no more can be; drop one first");
    }
  }

  /** Empty where another process had given the number before. */
  private Optional<ViewDefinition> define(Statement.CreateView statement) {
    // Every command about views makes the version greater, so no number comes again.
    var generation = new ViewGeneration(statement.name(), definer.known().version() + 1);
    definer.append(
        new ControlCommand.DefineView(
            generation, statement.text(), statement.start(), statement.swap()));
    return definer
        .known()
        .definition(generation)
        .filter(found -> found.text().equals(statement.text()));
  }

  private static String outcome(Statement.CreateView statement, Optional<ViewDefinition> former) {
    if (former.filter(ViewDefinition::isWhole).isEmpty()) {
      return statement.start() == ViewStart.NOW
          ? "has the events from now on"
          : "is being given its past; SHOW VIEWS tells how far it is";
    }
    return statement.swap() == ViewSwap.WHEN_TOLD
        ? "is built beside the former one; see SHOW DIFFERENCES OF "
            + statement.name()
            + ", then ALTER MATERIALIZED VIEW "
            + statement.name()
            + " SWAP"
        : "is built beside the former one, and replaces it when it is whole";
  }

  SqlAnswer swap(String name, Position position) {
    definer.changing().lock();
    try {
      ViewDefinition next = definer.known().next().get(name);
      if (next == null) {
        throw new QueryException(
            QueryErrorCode.UNKNOWN_VIEW,
            position,
            "nothing waits to replace a view "
                + name
                + "; CREATE OR REPLACE … WITH (swap = 'when told') makes what does");
      }
      if (next.backfill() == BackfillState.LOST) {
        throw new QueryException(
            QueryErrorCode.INVALID_SQL,
            position,
            "the past of what waits to replace the view " + name + " was lost; create it anew");
      }
      definer.append(new ControlCommand.SwapView(next.generation()));
      return told(next, swapped(next.generation()));
    } finally {
      definer.changing().unlock();
    }
  }

  /** What has become of it by now, which others may have changed meanwhile. */
  private String swapped(ViewGeneration generation) {
    ViewDefinitions.Known known = definer.known();
    if (isIn(known.current(), generation)) {
      return "has replaced the former one";
    }
    if (isIn(known.next(), generation)) {
      return "replaces the former one when it has its past";
    }
    throw othersChange(generation.view());
  }

  private static boolean isIn(Map<String, ViewDefinition> definitions, ViewGeneration generation) {
    return Optional.ofNullable(definitions.get(generation.view()))
        .filter(definition -> definition.generation().equals(generation))
        .isPresent();
  }

  SqlAnswer drop(String name, boolean ifExists, Position position) {
    definer.changing().lock();
    try {
      Optional<ViewDefinition> former = current(name);
      if (former.isPresent()) {
        definer.append(new ControlCommand.DropView(name));
        return told(former.get(), "is dropped; its cells are deleted within minutes");
      }
      if (ViewCatalog.builtIn().view(name).isPresent()) {
        throw new QueryException(
            QueryErrorCode.INVALID_SQL,
            position,
            "the view " + name + " is built in and cannot be dropped");
      }
      if (!ifExists) {
        throw new QueryException(QueryErrorCode.UNKNOWN_VIEW, position, "there is no view " + name);
      }
      return new Rows("view", "generation", "outcome")
          .add(name, null, "there is no such view; nothing was done")
          .answer(1);
    } finally {
      definer.changing().unlock();
    }
  }

  private Optional<ViewDefinition> current(String name) {
    return Optional.ofNullable(definer.known().current().get(name));
  }

  private static SqlAnswer told(ViewDefinition definition, String outcome) {
    return new Rows("view", "generation", "outcome")
        .add(definition.name(), definition.generation().cells(), outcome)
        .answer(1);
  }
}
