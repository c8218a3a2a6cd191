package io.millrace.server.instance;

import io.millrace.streams.table.TableFollowers;
import io.millrace.views.DefinedViews;
import io.millrace.views.sql.SqlViewCompiler;
import io.millrace.views.sql.TableCompiler;
import io.millrace.views.table.ReferenceTables;
import io.millrace.views.table.TableLimits;
import java.time.Duration;

/**
 * The views and reference tables that were defined, for the roles that compute or read them.
 *
 * @param followers keep the rows of the tables up to date
 */
record Definitions(ReferenceTables tables, DefinedViews views, TableFollowers followers) {
  private static final Duration TABLES_PATIENCE = Duration.ofSeconds(20);

  /** Begins to follow; before the processing, which waits for the tables that its views read. */
  static Definitions follow(Foundation foundation, Parts parts) {
    var tables =
        new ReferenceTables(
            foundation.control().views(), TableCompiler::compile, TableLimits.DEFAULT);
    var views = new DefinedViews(foundation.control().views(), new SqlViewCompiler(tables));
    TableFollowers followers =
        parts.add(
            TableFollowers.start(
                foundation.connection(), foundation.config().namespace(), tables, views));
    // One that takes longer holds up the tasks of the views that read it, and not the start.
    var _ = followers.awaitRead(TABLES_PATIENCE);
    return new Definitions(tables, views, followers);
  }
}
