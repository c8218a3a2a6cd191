package io.millrace.query.sql;

import io.millrace.views.CellReader;
import io.millrace.views.ViewCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.adapter.enumerable.EnumerableInterpretable;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.sql.SqlExplainLevel;
import org.apache.calcite.sql.parser.SqlParseException;
import org.jspecify.annotations.Nullable;

/** The planning and computing of one query. Belongs to one thread. */
final class QueryRun {
  private final long started = System.nanoTime();
  private final SqlText text;
  private final Watch watch;
  private final QueryContext context;
  private final QueryPlanner planner;

  QueryRun(
      SqlText text,
      ViewCatalog catalog,
      CellReader cells,
      Supplier<Collection<String>> sites,
      Instant now,
      SqlLimits limits,
      AtomicBoolean stop) {
    this.text = text;
    watch = new Watch(limits, stop);
    var types = new SqlTypeFactory();
    context = new QueryContext(types, now, stop);
    planner =
        new QueryPlanner(catalog, new ScanReader(cells, sites, watch), types, context, now, stop);
  }

  /** The answer; any failure in words of whoever asked. */
  SqlAnswer answer(int maxRows) {
    return of(query -> query.isExplained() ? explained(query, maxRows) : computed(query, maxRows));
  }

  /** The plan of it. */
  SqlAnswer explanation(int maxRows) {
    return of(query -> explained(query, maxRows));
  }

  /** Its columns, without rows. */
  SqlAnswer columns() {
    return of(query -> answer(columns(query), List.of(), false));
  }

  private SqlAnswer of(Function<PlannedQuery, SqlAnswer> asked) {
    try {
      return asked.apply(planner.plan(text));
    } catch (SqlParseException | RuntimeException | StackOverflowError | LinkageError failure) {
      throw SqlRefusal.of(failure, text);
    }
  }

  private SqlAnswer explained(PlannedQuery query, int maxRows) {
    String plan = RelOptUtil.toString(query.plan(), SqlExplainLevel.EXPPLAN_ATTRIBUTES);
    List<List<Object>> rows = plan.lines().map(line -> List.<Object>of(line)).toList();
    return answer(
        List.of(new SqlAnswer.Column("plan", "VARCHAR")),
        rows.subList(0, Math.min(maxRows, rows.size())),
        rows.size() > maxRows);
  }

  private static List<SqlAnswer.Column> columns(PlannedQuery query) {
    List<SqlAnswer.Column> columns = new ArrayList<>();
    for (int i = 0; i < query.names().size(); i++) {
      columns.add(
          new SqlAnswer.Column(query.names().get(i), SqlValues.typeName(query.types().get(i))));
    }
    return columns;
  }

  private SqlAnswer computed(PlannedQuery query, int maxRows) {
    List<SqlAnswer.Column> columns = columns(query);
    List<List<Object>> rows = new ArrayList<>();
    try (Enumerator<?> computed = enumerator(query.plan())) {
      while (computed.moveNext()) {
        watch.requireGoing();
        if (rows.size() == maxRows) {
          return answer(columns, rows, true);
        }
        rows.add(row(computed.current(), query.types()));
      }
    }
    return answer(columns, rows, false);
  }

  private Enumerator<?> enumerator(EnumerableRel plan) {
    Bindable<?> code =
        EnumerableInterpretable.toBindable(
            context.values(), null, Guard.between(plan, watch), EnumerableRel.Prefer.ARRAY);
    return code.bind(context).enumerator();
  }

  /** Of one column, the row is the value. */
  private static List<Object> row(@Nullable Object computed, List<RelDataType> types) {
    List<Object> row = new ArrayList<>(types.size());
    for (int i = 0; i < types.size(); i++) {
      Object value =
          types.size() == 1 || !(computed instanceof Object[] values) ? computed : values[i];
      row.add(SqlValues.external(value, types.get(i)));
    }
    return row;
  }

  private SqlAnswer answer(
      List<SqlAnswer.Column> columns, List<List<Object>> rows, boolean isTruncated) {
    return new SqlAnswer(
        columns, rows, isTruncated, watch.cells(), Duration.ofNanos(System.nanoTime() - started));
  }
}
