package io.millrace.query.statements;

import io.millrace.query.access.Caller;
import io.millrace.query.access.Right;
import io.millrace.query.answer.Reach;
import io.millrace.query.error.Position;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.sql.SqlAnswer;
import io.millrace.query.sql.SqlQueries;
import io.millrace.views.DefinedViews;
import io.millrace.views.DefinitionsUnavailableException;
import io.millrace.views.ViewControl;
import io.millrace.views.sql.SqlException;
import io.millrace.views.sql.Statement;
import io.millrace.views.sql.StatementParser;
import java.util.concurrent.locks.ReentrantLock;

/** Answers statements of every kind. Safe for any number of threads. */
public final class Statements {
  private final SqlQueries queries;
  private final DefinedViews views;
  private final ViewControl control;
  private final ViewExplanation explanation;

  /** One for both: a name is that of a view or of a table. */
  private final ReentrantLock changing = new ReentrantLock();

  /**
   * Makes what answers statements, and loads nothing of Calcite yet.
   *
   * @param views those that were defined
   * @param control where they are defined
   */
  public Statements(SqlQueries queries, DefinedViews views, ViewControl control) {
    this.queries = queries;
    this.views = views;
    this.control = control;
    explanation = new ViewExplanation(views, control);
  }

  /** The most rows of an answer. */
  public int maxRows() {
    return queries.maxRows();
  }

  /**
   * The answer to a statement.
   *
   * @param maxRows at most so many rows, up to {@link #maxRows}
   * @param caller who asks, and sees and changes no more than they may
   * @throws QueryException where it is not answered
   * @throws io.millrace.views.CellsUnavailableException while the cells are moving
   */
  public SqlAnswer answer(String text, int maxRows, Caller caller) {
    return answer(text, maxRows, caller, Reach.ALL);
  }

  /** The same; queries from the cells that they need, all else from all. */
  public SqlAnswer answer(String text, int maxRows, Caller caller, Reach reach) {
    queries.requireBounded(text);
    try {
      Statement statement = StatementParser.parse(text);
      require(statement, caller);
      return answer(statement, maxRows, caller, reach);
    } catch (SqlException refused) {
      throw new QueryException(
          QueryErrorCode.INVALID_SQL,
          position(refused.position()),
          String.valueOf(refused.getMessage()));
    } catch (DefinitionsUnavailableException unavailable) {
      throw new QueryException(
          QueryErrorCode.DEFINITIONS_UNAVAILABLE, String.valueOf(unavailable.getMessage()));
    }
  }

  /** What tells of the program as a whole is not for those who see some sites alone. */
  private static void require(Statement statement, Caller caller) {
    switch (statement) {
      case Statement.CreateView _,
          Statement.SwapView _,
          Statement.DropView _,
          Statement.CreateTable _,
          Statement.DropTable _ ->
          caller.require(Right.CHANGE).requireEverySite();
      case Statement.ShowViews _,
          Statement.ShowTables _,
          Statement.ShowCreate _,
          Statement.Describe _,
          Statement.ExplainView _ ->
          caller.requireEverySite();
      case Statement.Query _, Statement.ShowFunctions _, Statement.ShowDifferences _ -> {}
    }
  }

  private SqlAnswer answer(Statement statement, int maxRows, Caller caller, Reach reach) {
    SqlQueries seen = queries.seenBy(caller.sites());
    var definer = new Definer(views, control, changing, caller.author());
    var changes = new ViewChanges(definer);
    var tables = new TableChanges(definer);
    var listing = new ViewListing(views, control, seen);
    return switch (statement) {
      case Statement.Query(String text, boolean isExplained) ->
          isExplained ? seen.explain(text, maxRows) : seen.answer(text, maxRows, reach);
      case Statement.CreateView created -> changes.create(created);
      case Statement.SwapView(String name, var position) -> changes.swap(name, position(position));
      case Statement.DropView(String name, boolean ifExists, var position) ->
          changes.drop(name, ifExists, position(position));
      case Statement.CreateTable created -> tables.create(created);
      case Statement.DropTable(String name, boolean ifExists, var position) ->
          tables.drop(name, ifExists, position(position));
      case Statement.ShowViews() -> listing.views(maxRows);
      case Statement.ShowTables() -> listing.tables(maxRows);
      case Statement.ShowFunctions() -> seen.functions(maxRows);
      case Statement.ShowCreate(String name, var position) ->
          listing.statement(name, position(position));
      case Statement.ShowDifferences(String name, var position) ->
          new ViewDifferences(views, seen).of(name, position(position), maxRows);
      case Statement.Describe(String name, var position) ->
          listing.columns(name, position(position), maxRows);
      case Statement.ExplainView(var name, var created, var position) ->
          created
              .map(explanation::of)
              .orElseGet(() -> explanation.of(name.orElseThrow(), position(position)));
    };
  }

  static Position position(SqlException.Position position) {
    return new Position(position.line(), position.column());
  }
}
