package io.millrace.query.statements;

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
  private final ViewChanges changes;
  private final TableChanges tables;
  private final ViewListing listing;
  private final ViewExplanation explanation;
  private final ViewDifferences differences;

  /**
   * Makes what answers statements, and loads nothing of Calcite yet.
   *
   * @param views those that were defined
   * @param control where they are defined
   */
  public Statements(SqlQueries queries, DefinedViews views, ViewControl control) {
    this.queries = queries;
    // One for both: a name is that of a view or of a table.
    var changing = new ReentrantLock();
    changes = new ViewChanges(views, control, changing);
    tables = new TableChanges(views, control, changing);
    listing = new ViewListing(views, control, queries);
    explanation = new ViewExplanation(views, control);
    differences = new ViewDifferences(views, queries);
  }

  /** The most rows of an answer. */
  public int maxRows() {
    return queries.maxRows();
  }

  /**
   * The answer to a statement.
   *
   * @param maxRows at most so many rows, up to {@link #maxRows}
   * @throws QueryException where it is not answered
   * @throws io.millrace.views.CellsUnavailableException while the cells are moving
   */
  public SqlAnswer answer(String text, int maxRows) {
    queries.requireBounded(text);
    try {
      return answer(StatementParser.parse(text), maxRows);
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

  private SqlAnswer answer(Statement statement, int maxRows) {
    return switch (statement) {
      case Statement.Query(String text, boolean isExplained) ->
          isExplained ? queries.explain(text, maxRows) : queries.answer(text, maxRows);
      case Statement.CreateView created -> changes.create(created);
      case Statement.SwapView(String name, var position) -> changes.swap(name, position(position));
      case Statement.DropView(String name, boolean ifExists, var position) ->
          changes.drop(name, ifExists, position(position));
      case Statement.CreateTable created -> tables.create(created);
      case Statement.DropTable(String name, boolean ifExists, var position) ->
          tables.drop(name, ifExists, position(position));
      case Statement.ShowViews() -> listing.views(maxRows);
      case Statement.ShowTables() -> listing.tables(maxRows);
      case Statement.ShowFunctions() -> queries.functions(maxRows);
      case Statement.ShowCreate(String name, var position) ->
          listing.statement(name, position(position));
      case Statement.ShowDifferences(String name, var position) ->
          differences.of(name, position(position), maxRows);
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
