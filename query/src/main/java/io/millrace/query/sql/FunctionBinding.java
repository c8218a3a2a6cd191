package io.millrace.query.sql;

import io.millrace.query.error.Position;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.views.Aggregate;
import io.millrace.views.sql.language.BoundedFunctions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Collect;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.metadata.RelColumnOrigin;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Settles what is still open once a query is known to be correct: which MERGE is meant, what time
 * it is, and which function of texts is called. Belongs to one query.
 */
final class FunctionBinding {
  private static final BigDecimal MOST_ROWS_OF_A_FRAME = BigDecimal.valueOf(1_000);

  static final int MOST_TABLES = 40;
  static final int MOST_STEPS = 400;

  private static final Set<Class<? extends RelNode>> STEPS =
      Set.of(
          org.apache.calcite.rel.core.Aggregate.class,
          Correlate.class,
          Filter.class,
          Join.class,
          Project.class,
          SetOp.class,
          Sort.class,
          Uncollect.class,
          Values.class,
          ViewScan.class,
          ReferenceTableScan.class);

  private static final QueryTime LITERALS = new QueryTime(0);

  private final RexBuilder expressions;
  private final Optional<QueryTime> later;
  private final Map<Integer, Object> now = new HashMap<>();
  private final Position position;
  private final RexShuttle shuttle = new Shuttle();
  private int steps;
  private int tables;

  /**
   * Makes a binding.
   *
   * @param now what CURRENT_TIMESTAMP says, wherever it stands
   * @param later the parameters that say it instead in a plan that is kept
   * @param position of the first MERGE, for messages
   */
  FunctionBinding(
      RexBuilder expressions, Instant now, Optional<QueryTime> later, Position position) {
    this.expressions = expressions;
    this.later = later;
    LITERALS.forEach(now, this.now::put);
    this.position = position;
  }

  /** The same plan with everything settled. */
  RelNode bound(RelNode step) {
    requireKnown(step);
    requireFew(step);
    List<RelNode> inputs = step.getInputs().stream().map(this::bound).toList();
    RelNode withInputs =
        inputs.equals(step.getInputs()) ? step : step.copy(step.getTraitSet(), inputs);
    return withInputs instanceof org.apache.calcite.rel.core.Aggregate aggregate
        ? bound(aggregate)
        : withInputs.accept(shuttle);
  }

  /** Of any other kind nobody knows whether it can be watched and ended. */
  private void requireKnown(RelNode step) {
    switch (step) {
      case RepeatUnion _ -> throw refused("WITH RECURSIVE is not supported");
      case Collect _ -> throw refused("ARRAY, MULTISET and MAP of a query are not supported");
      case Match _ -> throw refused("MATCH_RECOGNIZE is not supported");
      default -> {
        if (STEPS.stream().noneMatch(kind -> kind.isInstance(step))) {
          throw refused("a part of this query is not supported: " + step.getRelTypeName());
        }
      }
    }
  }

  /** How long planning takes grows faster than the number of steps. */
  private void requireFew(RelNode step) {
    steps++;
    tables += step instanceof ViewScan || step instanceof ReferenceTableScan ? 1 : 0;
    if (steps > MOST_STEPS || tables > MOST_TABLES) {
      throw refused(
          "the query is too large: at most "
              + MOST_TABLES
              + " views and tables are read, in at most "
              + MOST_STEPS
              + " steps; split it into several queries");
    }
  }

  private RelNode bound(org.apache.calcite.rel.core.Aggregate aggregate) {
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      BoundedFunctions.requireKnown(call.getAggregation());
      calls.add(
          call.getAggregation().equals(SqlOperators.MERGE)
              ? withFunction(call, functionOf(call, aggregate.getInput()))
              : call);
    }
    return aggregate.copy(
        aggregate.getTraitSet(),
        aggregate.getInput(),
        aggregate.getGroupSet(),
        aggregate.getGroupSets(),
        calls);
  }

  private static AggregateCall withFunction(AggregateCall call, SqlAggFunction function) {
    return AggregateCall.create(
        function,
        false,
        call.isApproximate(),
        call.ignoreNulls(),
        call.rexList,
        call.getArgList(),
        call.filterArg,
        call.distinctKeys,
        call.collation,
        call.getType(),
        call.getName());
  }

  private SqlAggFunction functionOf(AggregateCall call, RelNode input) {
    if (call.isDistinct()) {
      throw refused("MERGE(DISTINCT …) has no meaning: leave out DISTINCT");
    }
    int column = call.getArgList().getFirst();
    RelDataType type = input.getRowType().getFieldList().get(column).getType();
    Optional<SketchKind> kind = ViewTypes.sketchKind(type);
    return kind.isPresent() ? SketchFunctions.merge(kind.get()) : functionOfNumber(input, column);
  }

  private SqlAggFunction functionOfNumber(RelNode input, int column) {
    Set<RelColumnOrigin> origins =
        input.getCluster().getMetadataQuery().getColumnOrigins(input, column);
    Set<SqlAggFunction> functions = new HashSet<>();
    if (origins != null) {
      origins.forEach(origin -> function(origin).ifPresent(functions::add));
    }
    if (functions.size() != 1 || origins == null || origins.stream().anyMatch(this::isDerived)) {
      throw refused(
          "MERGE takes a column of a view that is an aggregate; use SUM, MIN or MAX for other"
              + " numbers");
    }
    return functions.iterator().next();
  }

  private boolean isDerived(RelColumnOrigin origin) {
    return origin.isDerived() || function(origin).isEmpty();
  }

  private static Optional<SqlAggFunction> function(RelColumnOrigin origin) {
    RelOptTable table = origin.getOriginTable();
    ViewTable view = table.unwrap(ViewTable.class);
    if (view != null
        && ViewColumn.of(view.plan()).get(origin.getOriginColumnOrdinal())
            instanceof ViewColumn.OfAggregate(int _, Aggregate aggregate)) {
      return switch (aggregate) {
        case Aggregate.Count _ -> Optional.of(SqlStdOperatorTable.SUM);
        case Aggregate.SumOf _ -> Optional.of(SqlStdOperatorTable.SUM);
        case Aggregate.MinOf _ -> Optional.of(SqlStdOperatorTable.MIN);
        case Aggregate.MaxOf _ -> Optional.of(SqlStdOperatorTable.MAX);
        case Aggregate.AvgOf _ -> Optional.empty();
        case Aggregate.DistinctOf _ -> Optional.empty();
        case Aggregate.QuantileOf _ -> Optional.empty();
        case Aggregate.TopOf _ -> Optional.empty();
      };
    }
    return Optional.empty();
  }

  private QueryException refused(String message) {
    return new QueryException(QueryErrorCode.INVALID_SQL, position, message);
  }

  /** Goes through expressions. */
  private final class Shuttle extends RexShuttle {
    @Override
    public RexNode visitOver(RexOver over) {
      BoundedFunctions.requireKnown(over.getAggOperator());
      if (over.getAggOperator().equals(SqlOperators.MERGE)) {
        throw refused("MERGE cannot be used with OVER: merge by a subquery with GROUP BY");
      }
      requireShort(over.getWindow());
      return super.visitOver(over);
    }

    /** A frame that moves is added up anew for each row, and nothing can stop that. */
    private void requireShort(RexWindow window) {
      for (RexWindowBound bound : List.of(window.getLowerBound(), window.getUpperBound())) {
        RexNode offset = bound.getOffset();
        boolean isShort =
            offset == null
                || (window.isRows()
                    && offset instanceof RexLiteral literal
                    && literal.getValue() instanceof BigDecimal rows
                    && rows.compareTo(MOST_ROWS_OF_A_FRAME) <= 0);
        if (!isShort) {
          throw refused(
              "the frame of a window: at most "
                  + MOST_ROWS_OF_A_FRAME
                  + " ROWS before or after, or UNBOUNDED");
        }
      }
    }

    @Override
    public RexNode visitCall(RexCall call) {
      RexNode visited = super.visitCall(call);
      return visited instanceof RexCall same ? bound(same) : visited;
    }

    private RexNode bound(RexCall call) {
      if (call.getOperator().equals(SqlOperators.VALUE_OF)) {
        return valueOf(call);
      }
      return switch (call.getOperator().getName()) {
        case "CURRENT_TIMESTAMP", "LOCALTIMESTAMP" ->
            time(call, parameters -> parameters.timestamp(call.getType().getPrecision()));
        case "CURRENT_DATE" -> time(call, QueryTime::date);
        case "CURRENT_TIME", "LOCALTIME" ->
            time(call, parameters -> parameters.time(call.getType().getPrecision()));
        default -> BoundedFunctions.bounded(call, expressions);
      };
    }

    private RexNode time(RexCall call, ToIntFunction<QueryTime> parameter) {
      return later.isPresent()
          ? expressions.makeDynamicParam(call.getType(), parameter.applyAsInt(later.get()))
          : expressions.makeLiteral(now.get(parameter.applyAsInt(LITERALS)), call.getType(), false);
    }

    private RexNode valueOf(RexCall call) {
      RexNode sketch = call.getOperands().getFirst();
      SketchKind kind = ViewTypes.sketchKind(sketch.getType()).orElseThrow();
      return kind == SketchKind.TOP
          ? sketch
          : expressions.makeCall(call.getType(), SketchFunctions.valueOf(kind), List.of(sketch));
    }
  }
}
