package io.millrace.query.sql;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.views.CellReader;
import io.millrace.views.ViewCatalog;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Answers queries in SQL. Safe for any number of threads.
 *
 * <p>Each query has a thread of its own, with a stack as deep as the longest query allowed can need,
 * so that whoever waits for the answer can stop it when its time is over.
 */
public final class SqlQueries {
  private static final long STACK_BYTES = 64L << 20;

  private final ViewCatalog catalog;
  private final CellReader cells;
  private final Supplier<Collection<String>> sites;
  private final InstantSource clock;
  private final SqlLimits limits;

  /**
   * Makes what answers queries, and loads nothing of Calcite yet.
   *
   * @param sites the sites there are, which queries see
   */
  public SqlQueries(
      ViewCatalog catalog,
      CellReader cells,
      Supplier<Collection<String>> sites,
      InstantSource clock,
      SqlLimits limits) {
    this.catalog = catalog;
    this.cells = cells;
    this.sites = sites;
    this.clock = clock;
    this.limits = limits;
  }

  /** The most rows of an answer. */
  public int maxRows() {
    return limits.maxRows();
  }

  /**
   * The answer to a query.
   *
   * @param maxRows at most so many rows, up to {@link #maxRows}
   * @throws QueryException where it is not answered
   * @throws io.millrace.views.CellsUnavailableException while the cells are moving
   */
  public SqlAnswer answer(String sql, int maxRows) {
    SqlText text = SqlText.of(sql);
    var stop = new AtomicBoolean();
    var task =
        new FutureTask<>(
            () ->
                new QueryRun(
                        text, maxRows, catalog, cells, sites, clock.instant(), limits, stop)
                    .answer());
    Thread.ofPlatform().name("sql-query").daemon().stackSize(STACK_BYTES).start(task);
    try {
      return task.get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      stop.set(true);
      return afterStopping(task);
    } catch (ExecutionException failed) {
      throw failure(failed);
    } catch (InterruptedException stopping) {
      stop.set(true);
      throw whileStopping();
    }
  }

  /** Waits for the end of a query whose time is over, so that no more run than may. */
  private SqlAnswer afterStopping(FutureTask<SqlAnswer> task) {
    try {
      return task.get();
    } catch (ExecutionException stopped) {
      throw Watch.tooLong(limits);
    } catch (InterruptedException stopping) {
      throw whileStopping();
    }
  }

  private static RuntimeException failure(ExecutionException failed) {
    return switch (failed.getCause()) {
      case RuntimeException known -> known;
      case null, default -> new IllegalStateException("a query failed", failed.getCause());
    };
  }

  private static QueryException whileStopping() {
    Thread.currentThread().interrupt();
    return new QueryException(QueryErrorCode.TOO_BUSY, "the server is stopping");
  }
}
