package io.millrace.query.sql;

import io.millrace.query.answer.Reach;
import io.millrace.views.CellReader;
import io.millrace.views.Gathering;
import io.millrace.views.ViewCatalog;
import io.millrace.views.sql.language.SqlTypeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.adapter.enumerable.EnumerableInterpretable;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.sql.SqlExplainLevel;
import org.apache.calcite.sql.parser.SqlParseException;
import org.jspecify.annotations.Nullable;

/** The planning and computing of one query. Belongs to one thread. */
final class QueryRun {
  private final long started = System.nanoTime();
  private final SqlText text;
  private final List<? extends @Nullable Object> parameters;
  private final int maxRows;
  private final ViewCatalog catalog;
  private final PlanCache plans;
  private final Watch watch;
  private final Instant now;
  private final QueryStop stop;
  private final SqlTypeFactory types = new SqlTypeFactory();
  private final QueryContext context;
  private final Gathering lacking = new Gathering();

  QueryRun(
      SqlText text,
      List<? extends @Nullable Object> parameters,
      int maxRows,
      ViewCatalog catalog,
      PlanCache plans,
      CellReader cells,
      Reach reach,
      Supplier<Collection<String>> sites,
      Instant now,
      SqlLimits limits,
      QueryStop stop) {
    this.text = text;
    this.parameters = parameters;
    this.maxRows = maxRows;
    this.catalog = catalog;
    this.plans = plans;
    this.now = now;
    this.stop = stop;
    watch = new Watch(limits, stop);
    context =
        new QueryContext(types, now, stop.flag())
            .with(watch)
            .with(new ScanReader(reach.of(cells, lacking), sites, watch));
  }

  /** The answer; any failure in words of whoever asked. */
  SqlAnswer answer() {
    return inWords(
        () -> {
          text.requireParameters(parameters.size());
          Optional<CompiledQuery> known = plans.find(text, catalog);
          if (known.isPresent()) {
            try {
              return computed(known.get());
            } catch (LinkageError broken) {
              // Constants that cannot be computed say why only once.
              plans.forget(text);
            }
          }
          PlannedQuery query = planned();
          if (query.isExplained()) {
            return explained(query);
          }
          CompiledQuery compiled = compiled(query);
          SqlAnswer answer = computed(compiled);
          plans.keep(text, compiled, catalog);
          return answer;
        });
  }

  /** The plan in place of the answer. */
  SqlAnswer explanation() {
    return inWords(() -> explained(planner().plan(text, false)));
  }

  /** What the answer will have, and what the query waits for. */
  SqlSignature signature() {
    return inWords(
        () -> {
          Optional<CompiledQuery> known = plans.find(text, catalog);
          if (known.isPresent()) {
            return SqlSignature.of(known.get());
          }
          PlannedQuery query = planned();
          if (query.isExplained()) {
            return SqlSignature.ofPlan();
          }
          CompiledQuery compiled = compiled(query);
          plans.keep(text, compiled, catalog);
          return SqlSignature.of(compiled);
        });
  }

  private <T> T inWords(Attempt<T> attempt) {
    try {
      return attempt.make();
    } catch (SqlParseException
        | RuntimeException
        | StackOverflowError
        | AssertionError
        | LinkageError failure) {
      // A query that is ended fails in many ways.
      watch.requireGoing();
      throw SqlRefusal.of(failure, text);
    }
  }

  /** What may fail in words of Calcite. */
  private interface Attempt<T> {
    T make() throws SqlParseException;
  }

  /** With parameters for literals, or without where that makes no plan. */
  private PlannedQuery planned() throws SqlParseException {
    if (!text.literals().isEmpty()) {
      try {
        return planner().plan(text, true);
      } catch (SqlParseException | RuntimeException | AssertionError unplanned) {
        watch.requireGoing();
      }
    }
    return planner().plan(text, false);
  }

  private QueryPlanner planner() {
    return new QueryPlanner(catalog, types, context, now, stop.flag());
  }

  private CompiledQuery compiled(PlannedQuery query) {
    Map<String, Object> constants = new HashMap<>();
    EnumerableRel guarded = Guard.between(query.plan());
    Bindable<?> code =
        EnumerableInterpretable.toBindable(constants, null, guarded, EnumerableRel.Prefer.ARRAY);
    return new CompiledQuery(
        code,
        constants,
        query.names(),
        query.types(),
        query.parameters(),
        query.literals(),
        new QueryTime(text.parameters().size() + query.literals().size()),
        steps(guarded));
  }

  private static int steps(RelNode step) {
    return 1 + step.getInputs().stream().mapToInt(QueryRun::steps).sum();
  }

  private SqlAnswer explained(PlannedQuery query) {
    String plan = RelOptUtil.toString(query.plan(), SqlExplainLevel.EXPPLAN_ATTRIBUTES);
    List<List<Object>> rows = plan.lines().map(line -> List.<Object>of(line)).toList();
    boolean isTruncated = rows.size() > maxRows;
    return answer(
        SqlSignature.ofPlan().columns(),
        isTruncated ? rows.subList(0, maxRows) : rows,
        isTruncated);
  }

  private SqlAnswer computed(CompiledQuery query) {
    List<SqlAnswer.Column> columns = SqlSignature.of(query).columns();
    List<List<Object>> rows = new ArrayList<>();
    try (Enumerator<?> computed = enumerator(query)) {
      while (computed.moveNext()) {
        watch.requireGoing();
        if (rows.size() == maxRows) {
          return answer(columns, rows, true);
        }
        Object row = computed.current();
        watch.holdTexts(row);
        rows.add(row(row, query.types()));
      }
    }
    return answer(columns, rows, false);
  }

  private Enumerator<?> enumerator(CompiledQuery query) {
    context.withAll(query.constants());
    for (int i = 0; i < parameters.size(); i++) {
      context.withParameter(i, SqlParameters.internal(parameters.get(i), query, i));
    }
    List<Object> literals = LiteralParameters.values(text, query.literals()).orElseThrow();
    for (int i = 0; i < literals.size(); i++) {
      context.withParameter(parameters.size() + i, literals.get(i));
    }
    query.time().forEach(now, context::withParameter);
    return query.code().bind(context).enumerator();
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
        columns,
        rows,
        isTruncated,
        watch.cells(),
        Duration.ofNanos(System.nanoTime() - started),
        lacking.completeness());
  }
}
