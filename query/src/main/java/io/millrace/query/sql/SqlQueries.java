package io.millrace.query.sql;

import io.millrace.query.access.SiteScope;
import io.millrace.query.answer.Reach;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.views.CellReader;
import io.millrace.views.ViewCatalog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries in SQL. Safe for any number of threads.
 *
 * <p>Each query has a thread of its own, with a stack as deep as the longest query allowed can
 * need, so that whoever waits for the answer can stop it when its time is over.
 */
public final class SqlQueries {
  private static final long STACK_BYTES = 64L << 20;

  /** Computing stops within this; planning, which does not look at the clock as often, may not. */
  private static final long MILLIS_TO_STOP = 1_000;

  /** Threads, with those that were told to stop and still plan. */
  private static final int MOST_THREADS = 8;

  private final Supplier<ViewCatalog> catalog;
  private final CellReader cells;
  private final Supplier<Collection<String>> sites;
  private final InstantSource clock;
  private final SqlLimits limits;
  private final PlanCache plans;
  private final Semaphore threads;

  /** For those who see some sites alone: plans are of tables, and they have fewer of them. */
  private final Restricted restricted;

  /**
   * Makes what answers queries, and loads nothing of Calcite yet.
   *
   * @param catalog the views there are when a query begins
   * @param sites the sites there are, which queries see
   */
  public SqlQueries(
      Supplier<ViewCatalog> catalog,
      CellReader cells,
      Supplier<Collection<String>> sites,
      InstantSource clock,
      SqlLimits limits) {
    this(
        catalog,
        cells,
        sites,
        clock,
        limits,
        new PlanCache(),
        new Semaphore(MOST_THREADS),
        new Restricted(new PerSiteCatalog(catalog), new PlanCache()));
  }

  private SqlQueries(
      Supplier<ViewCatalog> catalog,
      CellReader cells,
      Supplier<Collection<String>> sites,
      InstantSource clock,
      SqlLimits limits,
      PlanCache plans,
      Semaphore threads,
      Restricted restricted) {
    this.catalog = catalog;
    this.cells = cells;
    this.sites = sites;
    this.clock = clock;
    this.limits = limits;
    this.plans = plans;
    this.threads = threads;
    this.restricted = restricted;
  }

  /** The tables of those who see some sites alone, and the plans of their queries. */
  private record Restricted(Supplier<ViewCatalog> catalog, PlanCache plans) {}

  /**
   * The same for a caller. Who sees some sites alone has tables of views per site only, and the
   * cells of other sites are not read for them, whatever the query says: the condition is not part
   * of the query but of the reading.
   */
  public SqlQueries seenBy(SiteScope scope) {
    return switch (scope) {
      case SiteScope.Every() -> this;
      case SiteScope.Only only ->
          new SqlQueries(
              restricted.catalog(),
              cells,
              () -> sites.get().stream().filter(only::admits).toList(),
              clock,
              limits,
              restricted.plans(),
              threads,
              restricted);
    };
  }

  /** The most rows of an answer. */
  public int maxRows() {
    return limits.maxRows();
  }

  /** How long one query may take. */
  public Duration timeout() {
    return limits.timeout();
  }

  /**
   * The answer to a query.
   *
   * @param maxRows at most so many rows, up to {@link #maxRows}
   * @throws QueryException where it is not answered
   * @throws io.millrace.views.CellsUnavailableException while the cells are moving
   */
  public SqlAnswer answer(String sql, int maxRows) {
    return answer(sql, List.of(), maxRows, new QueryStop());
  }

  /** The same from the cells that it needs. */
  public SqlAnswer answer(String sql, int maxRows, Reach reach) {
    return answer(sql, List.of(), maxRows, new QueryStop(), reach);
  }

  /**
   * The answer to a query with parameters.
   *
   * @param parameters for each question mark null, a Boolean, a Number (of a date its days since
   *     1970, of a time of day and a timestamp its milliseconds) or a text
   * @param maxRows at most so many rows, up to {@link #maxRows}
   * @param stop ends it early
   * @throws QueryException where it is not answered
   * @throws io.millrace.views.CellsUnavailableException while the cells are moving
   */
  public SqlAnswer answer(
      String sql, List<? extends @Nullable Object> parameters, int maxRows, QueryStop stop) {
    return answer(sql, parameters, maxRows, stop, Reach.ALL);
  }

  private SqlAnswer answer(
      String sql,
      List<? extends @Nullable Object> parameters,
      int maxRows,
      QueryStop stop,
      Reach reach) {
    SqlText text = SqlText.of(sql);
    ViewCatalog known = catalog.get();
    SqlAnswer answer =
        onThread(() -> run(text, parameters, maxRows, known, reach, stop).answer(), stop);
    catalog.get().requireAllOf(known);
    return answer;
  }

  /**
   * What a query will answer with, and what its question marks stand for.
   *
   * @throws QueryException where it would not be answered
   */
  public SqlSignature signature(String sql) {
    SqlText text = SqlText.of(sql);
    var stop = new QueryStop();
    return onThread(
        () -> run(text, List.of(), maxRows(), catalog.get(), Reach.ALL, stop).signature(), stop);
  }

  /** The plan of a query in place of its answer, a line a row. */
  public SqlAnswer explain(String sql, int maxRows) {
    SqlText text = SqlText.of(sql);
    var stop = new QueryStop();
    return onThread(
        () -> run(text, List.of(), maxRows, catalog.get(), Reach.ALL, stop).explanation(), stop);
  }

  /** The columns of a view. */
  public List<SqlAnswer.Column> columnsOf(String view) {
    return signature("SELECT * FROM \"" + view + '"').columns();
  }

  /** The functions that queries can call, a row each. */
  public SqlAnswer functions(int maxRows) {
    List<List<Object>> rows = new ArrayList<>();
    FunctionNames.all().forEach(name -> rows.add(List.of(name)));
    return new SqlAnswer(
        List.of(new SqlAnswer.Column("function", "VARCHAR")),
        rows.subList(0, Math.min(maxRows, rows.size())),
        rows.size() > maxRows,
        0,
        Duration.ZERO);
  }

  /**
   * Refuses what is too long or too deep for any statement.
   *
   * @throws QueryException that says where
   */
  public void requireBounded(String statement) {
    var _ = SqlText.of(statement);
  }

  /** The views there are now, as tables. */
  public List<SqlTable> tables() {
    return catalog.get().plans().stream().map(SqlTable::of).toList();
  }

  PlanCache plans() {
    return plans;
  }

  private QueryRun run(
      SqlText text,
      List<? extends @Nullable Object> parameters,
      int maxRows,
      ViewCatalog known,
      Reach reach,
      QueryStop stop) {
    return new QueryRun(
        text,
        parameters,
        maxRows,
        known,
        plans,
        cells,
        reach,
        sites,
        clock.instant(),
        limits,
        stop);
  }

  private <T> T onThread(Supplier<T> query, QueryStop stop) {
    if (!threads.tryAcquire()) {
      throw new QueryException(
          QueryErrorCode.TOO_BUSY, "too many queries are running; try again in a moment");
    }
    var task = new FutureTask<>(() -> released(query));
    start(task);
    try {
      return task.get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      stop.expire();
      return afterStopping(task, stop);
    } catch (ExecutionException failed) {
      throw failure(failed);
    } catch (InterruptedException stopping) {
      stop.expire();
      throw whileStopping();
    }
  }

  /**
   * Which columns of the rows of a query tell them apart, by number; empty where that cannot be
   * told. Of a query that has been answered.
   */
  public Optional<Set<Integer>> keyColumns(String sql) {
    return RowKeys.of(SqlText.of(sql), catalog.get());
  }

  private void start(Runnable task) {
    boolean isStarted = false;
    try {
      Thread.ofPlatform().name("sql-query").daemon().stackSize(STACK_BYTES).start(task);
      isStarted = true;
    } finally {
      if (!isStarted) {
        threads.release();
      }
    }
  }

  private <T> T released(Supplier<T> query) {
    try {
      return query.get();
    } finally {
      threads.release();
    }
  }

  /** Waits a little for the end of a query whose time is over. */
  private <T> T afterStopping(FutureTask<T> task, QueryStop stop) {
    try {
      return task.get(MILLIS_TO_STOP, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException stopped) {
      throw Watch.stopped(limits, stop);
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
