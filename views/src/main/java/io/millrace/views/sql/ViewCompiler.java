package io.millrace.views.sql;

import io.millrace.model.cell.Grain;
import io.millrace.views.Aggregate;
import io.millrace.views.Dimension;
import io.millrace.views.Field;
import io.millrace.views.Filter;
import io.millrace.views.Measure;
import io.millrace.views.ViewPlan;
import io.millrace.views.sql.SqlException.Position;
import io.millrace.views.table.ReferenceTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.Frameworks;

/** Makes the plan of a view of the statement that defines it. Safe for any number of threads. */
public final class ViewCompiler {
  private static final Set<String> RESERVED =
      Arrays.stream(SourceTable.values()).map(SourceTable::label).collect(Collectors.toSet());
  private static final String WINDOW_START = "window_start";
  private static final String WINDOW_END = "window_end";

  private ViewCompiler() {}

  /**
   * The plan of a view.
   *
   * @param statement {@code CREATE MATERIALIZED VIEW …}
   * @throws SqlException where it is wrong, or asks for what a view cannot keep
   */
  public static ViewPlan compile(String statement) {
    return compile(statement, List.of());
  }

  /**
   * The plan of a view that may join reference tables.
   *
   * @param statement {@code CREATE MATERIALIZED VIEW …}
   * @param tables those that it can name
   * @throws SqlException where it is wrong, or asks for what a view cannot keep
   */
  public static ViewPlan compile(String statement, Collection<ReferenceTable> tables) {
    ViewDefinition definition = ViewDefinitionParser.parse(statement);
    requireFreeName(definition, tables);
    var options = new ViewOptions(definition.options());
    QueryShape shape = QueryShape.of(Dialect.check(definition.query(), schema(tables)));
    return new Compilation(definition, options, shape).plan();
  }

  private static void requireFreeName(
      ViewDefinition definition, Collection<ReferenceTable> tables) {
    if (RESERVED.contains(definition.name())) {
      throw new SqlException(
          definition.position(), definition.name() + " is a table of events; choose another name");
    }
    if (tables.stream().anyMatch(table -> table.plan().name().equals(definition.name()))) {
      throw new SqlException(
          definition.position(), definition.name() + " is a reference table; choose another name");
    }
  }

  private static SchemaPlus schema(Collection<ReferenceTable> tables) {
    SchemaPlus schema = Frameworks.createRootSchema(false);
    for (SourceTable table : SourceTable.values()) {
      schema.add(table.label(), table.toCalcite());
    }
    tables.forEach(table -> schema.add(table.plan().name(), new ReferenceSource(table)));
    return schema;
  }

  /** The work on one view. */
  private static final class Compilation {
    private final ViewDefinition definition;
    private final ViewOptions options;
    private final QueryShape shape;
    private final SourceTable table;
    private final ViewExpressions expressions;

    Compilation(ViewDefinition definition, ViewOptions options, QueryShape shape) {
      this.definition = definition;
      this.options = options;
      this.shape = shape;
      table =
          Arrays.stream(SourceTable.values())
              .filter(source -> source.label().equals(shape.table()))
              .findFirst()
              .orElseThrow();
      expressions = new ViewExpressions(table, shape.rex());
    }

    ViewPlan plan() {
      Grain finest = finest();
      var dimensions = new ArrayList<Dimension>();
      var aggregates = new ArrayList<Aggregate>();
      var groupsTold = new ArrayList<Integer>();
      for (int i = 0; i < shape.names().size(); i++) {
        int column = shape.columns().get(i);
        String name = shape.names().get(i);
        Position position = shape.positions().get(i);
        if (column < shape.groups().size()) {
          groupsTold.add(column);
          addGroup(shape.groups().get(column), name, position, dimensions);
        } else {
          aggregates.add(
              aggregate(shape.aggregates().get(column - shape.groups().size()), name, position));
        }
      }
      if (groupsTold.stream().distinct().count() < shape.groups().size()) {
        throw new SqlException(
            shape.from(), "each group has to be a column, or nobody could tell the rows apart");
      }
      return checked(
          () ->
              new ViewPlan(
                  definition.name(),
                  table.source(),
                  filter(),
                  dimensions,
                  options.grains(finest),
                  aggregates,
                  options.topic(),
                  options.retention(),
                  shape.joined()));
    }

    private Filter filter() {
      var filters = new ArrayList<Filter>();
      filters.add(table.filter());
      for (RexNode condition : shape.conditions()) {
        requireNoWindow(condition, shape.from());
        filters.add(expressions.filter(condition));
      }
      return Filter.all(filters);
    }

    private void addGroup(
        RexNode group, String name, Position position, List<Dimension> dimensions) {
      if (isWindowColumn(group)) {
        String expected = windowColumn(group) == 0 ? WINDOW_START : WINDOW_END;
        if (!name.equals(expected)) {
          throw new SqlException(position, "the column " + expected + " keeps its name");
        }
        return;
      }
      requireNoWindow(group, position);
      Dimension dimension = expressions.dimension(group, name, position);
      if (dimension == Field.SITE) {
        dimensions.addFirst(dimension);
      } else {
        dimensions.add(dimension);
      }
    }

    private Aggregate aggregate(QueryShape.Call call, String name, Position position) {
      if (name.startsWith("EXPR$")) {
        throw new SqlException(position, "give this column a name: … AS name");
      }
      call.operands().forEach(operand -> requireNoWindow(operand, position));
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
            checked(
                () ->
                    new Aggregate.QuantileOf(
                        name,
                        filter,
                        measure(call, name, position),
                        List.of(literal(call.operands().get(1), name, position).doubleValue())),
                position);
        case "TOP_K" ->
            checked(
                () ->
                    new Aggregate.TopOf(
                        name,
                        present(filter, call),
                        expressions.dimension(call.operands().getFirst(), position),
                        literal(call.operands().get(1), name, position).intValueExact()),
                position);
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
      if (operand instanceof RexLiteral literal
          && literal.getValue() instanceof BigDecimal number) {
        return number;
      }
      throw new SqlException(position, name + ": expected a number written out, got " + operand);
    }

    private Grain finest() {
      if (shape.windows().isEmpty()) {
        return Grain.ALL;
      }
      RexCall call = (RexCall) shape.windows().getFirst();
      if (!call.getOperator().getName().equals("TUMBLE") || call.getOperands().size() != 2) {
        throw new SqlException(
            shape.from(),
            "the windows of a view are TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1'"
                + " MINUTE), '1' HOUR or '1' DAY");
      }
      requireEventTime(call.getOperands().get(0));
      if (shape.groups().stream().noneMatch(this::isWindowColumn)) {
        throw new SqlException(
            shape.from(), "group by window_start and window_end, or do without TUMBLE");
      }
      return grain(call.getOperands().get(1));
    }

    private void requireEventTime(RexNode descriptor) {
      RexNode column = ((RexCall) descriptor).getOperands().getFirst();
      if (!(column instanceof RexInputRef reference)
          || !table.columns().get(reference.getIndex()).name().equals(SourceTable.TIME)) {
        throw new SqlException(shape.from(), "windows are of " + SourceTable.TIME);
      }
    }

    private Grain grain(RexNode interval) {
      if (interval instanceof RexLiteral literal
          && SqlTypeName.DAY_INTERVAL_TYPES.contains(literal.getTypeName())
          && literal.getValue() instanceof BigDecimal millis) {
        for (Grain grain : List.of(Grain.MINUTE, Grain.HOUR, Grain.DAY)) {
          if (millis.longValue() == grain.windowEnd(0)) {
            return grain;
          }
        }
      }
      throw new SqlException(
          shape.from(),
          "windows are of a minute, an hour or a day; longer ones are made when read");
    }

    private boolean isWindowColumn(RexNode expression) {
      return expression instanceof RexInputRef reference
          && reference.getIndex() >= table.columns().size();
    }

    private int windowColumn(RexNode expression) {
      return ((RexInputRef) expression).getIndex() - table.columns().size();
    }

    private void requireNoWindow(RexNode expression, Position position) {
      boolean hasWindow =
          RelOptUtil.InputFinder.bits(expression).asList().stream()
              .anyMatch(index -> index >= table.columns().size());
      if (hasWindow) {
        throw new SqlException(position, "nothing is computed of window_start and window_end");
      }
    }

    /** What a plan refuses, it says in words that are about the statement. */
    private <T> T checked(Supplier<T> making) {
      return checked(making, definition.position());
    }

    private static <T> T checked(Supplier<T> making, Position position) {
      try {
        return making.get();
      } catch (IllegalArgumentException | ArithmeticException refused) {
        throw new SqlException(position, String.valueOf(refused.getMessage()), refused);
      }
    }
  }
}
