package io.millrace.views.sql;

import io.millrace.views.Aggregate;
import io.millrace.views.Filter;
import io.millrace.views.Measure;
import io.millrace.views.sql.SqlException.Position;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** What a view keeps for the aggregates of its statement. */
record ViewAggregates(QueryShape shape, ViewExpressions expressions, ViewWindows windows) {

  Aggregate of(QueryShape.Call call, String name, Position position) {
    call.operands().forEach(operand -> windows.requireNone(operand, position));
    requirePlain(call.call(), name, position);
    Filter filter = Filter.all(call.filters().stream().map(expressions::filter).toList());
    boolean isOfValue = !call.operands().isEmpty();
    return switch (call.call().getAggregation().getName()) {
      case "COUNT", "APPROX_COUNT_DISTINCT" -> {
        if (call.operands().size() > 1) {
          throw new SqlException(position, name + ": count one thing");
        }
        if (!isOfValue) {
          yield new Aggregate.Count(name, filter);
        }
        if (call.call().isDistinct()) {
          yield new Aggregate.DistinctOf(
              name,
              present(filter, call),
              expressions.dimension(call.operands().getFirst(), position));
        }
        yield new Aggregate.Count(name, present(filter, call));
      }
      case "SUM" -> new Aggregate.SumOf(name, filter, measure(call, name, position));
      case "MIN" -> new Aggregate.MinOf(name, filter, measure(call, name, position));
      case "MAX" -> new Aggregate.MaxOf(name, filter, measure(call, name, position));
      case "AVG" -> new Aggregate.AvgOf(name, filter, measure(call, name, position));
      case "APPROX_PERCENTILE" ->
          SqlException.located(
              position,
              () ->
                  new Aggregate.QuantileOf(
                      name,
                      filter,
                      measure(call, name, position),
                      List.of(literal(call.operands().get(1), name, position).doubleValue())));
      case "TOP_K" ->
          SqlException.located(
              position,
              () ->
                  new Aggregate.TopOf(
                      name,
                      present(filter, call),
                      expressions.dimension(call.operands().getFirst(), position),
                      literal(call.operands().get(1), name, position).intValueExact()));
      default ->
          throw new SqlException(
              position,
              name
                  + ": a view cannot keep "
                  + call.call().getAggregation().getName()
                  + "; it can COUNT, SUM, MIN, MAX, AVG, APPROX_COUNT_DISTINCT, APPROX_PERCENTILE"
                  + " and TOP_K");
    };
  }

  private static void requirePlain(AggregateCall call, String name, Position position) {
    boolean isCount = call.getAggregation().getKind() == SqlKind.COUNT;
    if ((call.isDistinct() && !isCount)
        || call.distinctKeys != null
        || !call.getCollation().getFieldCollations().isEmpty()) {
      throw new SqlException(
          position, name + ": DISTINCT is for COUNT alone, and WITHIN is not supported");
    }
  }

  /** Nothing is not one of the values. */
  private Filter present(Filter filter, QueryShape.Call call) {
    RexNode value = call.operands().getFirst();
    if (!value.getType().isNullable()) {
      return filter;
    }
    RexNode isThere = shape.rex().makeCall(SqlStdOperatorTable.IS_NOT_NULL, value);
    return Filter.all(List.of(filter, expressions.filter(isThere)));
  }

  private Measure measure(QueryShape.Call call, String name, Position position) {
    return expressions.measure(call.operands().getFirst(), name, position);
  }

  private static BigDecimal literal(RexNode operand, String name, Position position) {
    if (operand instanceof RexLiteral literal && literal.getValue() instanceof BigDecimal number) {
      return number;
    }
    throw new SqlException(position, name + ": expected a number written out, got " + operand);
  }
}
