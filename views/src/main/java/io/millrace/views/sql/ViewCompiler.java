package io.millrace.views.sql;

import io.millrace.model.cell.Grain;
import io.millrace.views.Aggregate;
import io.millrace.views.BuiltInViews;
import io.millrace.views.Dimension;
import io.millrace.views.Field;
import io.millrace.views.Filter;
import io.millrace.views.GroupExpression;
import io.millrace.views.GroupRow;
import io.millrace.views.Hop;
import io.millrace.views.Measure;
import io.millrace.views.ReadColumn;
import io.millrace.views.ViewPlan;
import io.millrace.views.ViewReading;
import io.millrace.views.sql.SqlException.Position;
import io.millrace.views.table.ReferenceTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
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
  private static final int LONGEST_NAME = 63;
  private static final int HOP_OPERANDS = 3;
  private static final String NO_WINDOW = "nothing is computed of window_start and window_end";

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
   * The plan of a view that may join reference tables. Of a view that was defined before, by a
   * version with other rules perhaps, so nothing is asked that a plan can do without: where a view
   * that has begun had none any longer, the processing could not go on.
   *
   * @param statement {@code CREATE MATERIALIZED VIEW …}
   * @param tables those that it can name
   * @throws SqlException where it is wrong, or asks for what a view cannot keep
   */
  public static ViewPlan compile(String statement, Collection<ReferenceTable> tables) {
    return DeepStack.call(() -> compiled(statement, tables, false));
  }

  /**
   * The plan of a view that somebody defines while the program runs, by the rules of now.
   *
   * @param statement {@code CREATE MATERIALIZED VIEW …}
   * @param tables those that it can name
   * @throws SqlException as {@link #compile} does, and for a name that it cannot have, a topic,
   *     more text than is allowed, and groups without end
   */
  public static ViewPlan define(String statement, Collection<ReferenceTable> tables) {
    Dialect.requireBounded(statement);
    return DeepStack.call(() -> compiled(statement, tables, true));
  }

  /** The names of the options of views. */
  public static List<String> options() {
    return ViewOptions.ALL;
  }

  private static ViewPlan compiled(
      String statement, Collection<ReferenceTable> tables, boolean isNew) {
    ViewDefinition definition = ViewDefinitionParser.parse(statement);
    if (isNew) {
      requireFreeName(definition, tables);
    }
    var options = new ViewOptions(definition.options());
    try {
      QueryShape shape = QueryShape.of(Dialect.check(definition.query(), schema(tables)));
      var compilation = new Compilation(definition, options, shape);
      ViewPlan plan = compilation.plan();
      if (isNew) {
        compilation.requireEnd();
        requireNoTopic(definition, plan);
      }
      return plan;
    } catch (SqlException wrong) {
      throw wrong;
    } catch (StackOverflowError | RuntimeException unforeseen) {
      throw Dialect.located(unforeseen);
    }
  }

  private static void requireFreeName(
      ViewDefinition definition, Collection<ReferenceTable> tables) {
    String name = definition.name();
    if (name.length() > LONGEST_NAME) {
      throw new SqlException(
          definition.position(), "a name has at most " + LONGEST_NAME + " characters");
    }
    if (RESERVED.contains(name)) {
      throw new SqlException(
          definition.position(), name + " is a table of events; choose another name");
    }
    if (tables.stream().anyMatch(table -> table.plan().name().equals(name))) {
      throw new SqlException(
          definition.position(), name + " is a reference table; choose another name");
    }
    if (BuiltInViews.all().stream().anyMatch(view -> view.name().equals(name))) {
      throw new SqlException(
          definition.position(), "the view " + name + " is built in; choose another name");
    }
  }

  private static void requireNoTopic(ViewDefinition definition, ViewPlan plan) {
    if (plan.topic().isPresent()) {
      throw new SqlException(
          definition.position(), "only views that are there at the start can have a topic");
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
    private final List<Dimension> dimensions = new ArrayList<>();
    private final List<Aggregate> aggregates = new ArrayList<>();
    private final List<ComputedColumn> computed = new ArrayList<>();
    private final Set<Integer> groupsTold = new HashSet<>();
    private final Map<Integer, Dimension> dimensionOfGroup = new HashMap<>();
    private final Map<Integer, Integer> aggregateOfCall = new HashMap<>();
    private final Set<String> hidden = new HashSet<>();
    private final GroupBounds bounds;
    private Optional<SqlException> endless = Optional.empty();

    /** A column that is neither a group nor an aggregate. */
    private record ComputedColumn(String name, RexNode expression, Position position) {}

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
      bounds = new GroupBounds(table);
    }

    ViewPlan plan() {
      Grain finest = finest();
      ColumnNames.requireUsable(shape.names(), shape.positions());
      for (int i = 0; i < shape.names().size(); i++) {
        addColumn(shape.columns().get(i), shape.names().get(i), shape.positions().get(i));
      }
      if (groupsTold.size() < shape.groups().size()) {
        throw new SqlException(
            shape.from(), "each group has to be a column, or nobody could tell the rows apart");
      }
      ViewReading reading = reading();
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
                  reading,
                  shape.joined()));
    }

    /** Cells of groups without end are deleted some day, or nobody could say how many there are. */
    void requireEnd() {
      boolean isForSomeTime =
          options.grains(finest()).stream().allMatch(options.retention().periods()::containsKey);
      if (endless.isPresent() && !isForSomeTime && !options.hasFewGroups()) {
        throw endless.get();
      }
    }

    private void addColumn(RexNode column, String name, Position position) {
      if (!(column instanceof RexInputRef reference)) {
        requireName(name, position);
        computed.add(new ComputedColumn(name, column, position));
      } else if (reference.getIndex() < shape.groups().size()) {
        addGroup(reference.getIndex(), name, position);
      } else {
        addAggregate(reference.getIndex() - shape.groups().size(), name, position);
      }
    }

    private void addAggregate(int call, String name, Position position) {
      requireName(name, position);
      aggregateOfCall.putIfAbsent(call, aggregates.size());
      aggregates.add(aggregate(shape.aggregates().get(call), name, position));
    }

    private static void requireName(String name, Position position) {
      if (name.startsWith("EXPR$")) {
        throw new SqlException(position, "give this column a name: … AS name");
      }
    }

    /** What is computed of groups and aggregates when the view is read. */
    private ViewReading reading() {
      var columns = new ArrayList<ReadColumn.Computed>();
      for (ComputedColumn column : computed) {
        columns.add(
            new GroupExpressions(shape.rex(), index -> input(index, column.position()))
                .column(column.name(), column.expression(), column.position()));
      }
      RexNode condition = RexUtil.composeConjunction(shape.rex(), shape.having(), true);
      Optional<GroupExpression> having =
          Optional.ofNullable(condition)
              .map(
                  new GroupExpressions(shape.rex(), index -> input(index, shape.from()))
                      ::condition);
      return new ViewReading(hop(), having, columns, hidden);
    }

    private GroupExpressions.Input input(int index, Position position) {
      if (index < shape.groups().size()) {
        return groupInput(shape.groups().get(index), index, position);
      }
      int call = index - shape.groups().size();
      if (isRanking(shape.aggregates().get(call))) {
        throw new SqlException(position, "nothing is computed of a ranking, such as that of TOP_K");
      }
      Integer known = aggregateOfCall.get(call);
      int aggregate = known == null ? addHidden(call, position) : known;
      return new GroupExpressions.OfAggregate(aggregates.get(aggregate).name(), aggregate);
    }

    private int addHidden(int call, Position position) {
      String name = freeName();
      hidden.add(name);
      addAggregate(call, name, position);
      return aggregates.size() - 1;
    }

    private GroupExpressions.Input groupInput(RexNode group, int index, Position position) {
      if (isWindowColumn(group)) {
        throw new SqlException(position, NO_WINDOW);
      }
      Dimension dimension = dimensionOfGroup.get(index);
      if (dimension == null) {
        throw new SqlException(
            shape.from(), "each group has to be a column, or nobody could tell the rows apart");
      }
      if (dimension == Field.SITE) {
        return new GroupExpressions.OfGroup(dimension.label(), GroupRow::site);
      }
      int within = dimensions.indexOf(dimension) - (dimensions.getFirst() == Field.SITE ? 1 : 0);
      return new GroupExpressions.OfGroup(dimension.label(), row -> row.dimensions().get(within));
    }

    private static boolean isRanking(QueryShape.Call call) {
      return call.call().getAggregation().equals(ViewFunctions.TOP_K);
    }

    /** A name for an aggregate that nobody sees. */
    private String freeName() {
      int number = 1;
      while (isTaken("hidden_" + number)) {
        number++;
      }
      return "hidden_" + number;
    }

    private boolean isTaken(String name) {
      return shape.names().contains(name) || hidden.contains(name);
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

    private void addGroup(int index, String name, Position position) {
      RexNode group = shape.groups().get(index);
      groupsTold.add(index);
      if (isWindowColumn(group)) {
        String expected = windowColumn(group) == 0 ? WINDOW_START : WINDOW_END;
        if (!name.equals(expected)) {
          throw new SqlException(position, "the column " + expected + " keeps its name");
        }
        return;
      }
      requireNoWindow(group, position);
      Dimension dimension = expressions.dimension(group, name, position);
      if (endless.isEmpty()) {
        endless = bounds.endless(group).map(what -> withoutEnd(what, position));
      }
      dimensionOfGroup.put(index, dimension);
      if (dimension == Field.SITE) {
        dimensions.addFirst(dimension);
      } else {
        dimensions.add(dimension);
      }
    }

    private static SqlException withoutEnd(String what, Position position) {
      return new SqlException(
          position,
          "a group by "
              + Tokens.shortened(what)
              + " keeps a cell for each of its values, and there is no end to them: keep all"
              + " windows for some time, as WITH (keep_days = '30 days'), or say WITH (groups ="
              + " 'few') if its values are few");
    }

    private Aggregate aggregate(QueryShape.Call call, String name, Position position) {
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
      RexCall call = window();
      String name = call.getOperator().getName();
      boolean isKnown =
          (name.equals("TUMBLE") && call.getOperands().size() == 2)
              || (name.equals("HOP") && call.getOperands().size() == HOP_OPERANDS);
      if (!isKnown) {
        throw new SqlException(
            shape.from(),
            "the windows of a view are TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1'"
                + " MINUTE), '1' HOUR or '1' DAY, or HOP(TABLE clicks, DESCRIPTOR(event_time),"
                + " INTERVAL '1' MINUTE, INTERVAL '15' MINUTE)");
      }
      requireEventTime(call.getOperands().get(0));
      if (shape.groups().stream().noneMatch(this::isWindowColumn)) {
        throw new SqlException(
            shape.from(), "group by window_start and window_end, or do without windows");
      }
      return grain(call.getOperands().get(1));
    }

    private RexCall window() {
      return (RexCall) shape.windows().getFirst();
    }

    /** How windows overlap: they hop by a grain, and are several of it long. */
    private Optional<Hop> hop() {
      if (shape.windows().isEmpty() || !window().getOperator().getName().equals("HOP")) {
        return Optional.empty();
      }
      Grain slide = grain(window().getOperands().get(1));
      long size = millis(window().getOperands().get(2)).orElse(0);
      long length = slide.length().toMillis();
      if (size == length) {
        return Optional.empty();
      }
      if (size <= 0 || size % length != 0 || size / length > Hop.MOST_SLIDES) {
        throw new SqlException(
            shape.from(),
            "HOP(…, slide, size): the size is a multiple of the slide, up to "
                + Hop.MOST_SLIDES
                + " times as long");
      }
      return Optional.of(new Hop(slide, Math.toIntExact(size / length)));
    }

    private static OptionalLong millis(RexNode interval) {
      return interval instanceof RexLiteral literal
              && SqlTypeName.DAY_INTERVAL_TYPES.contains(literal.getTypeName())
              && literal.getValue() instanceof BigDecimal millis
          ? OptionalLong.of(millis.longValue())
          : OptionalLong.empty();
    }

    private void requireEventTime(RexNode descriptor) {
      RexNode column = ((RexCall) descriptor).getOperands().getFirst();
      if (!(column instanceof RexInputRef reference)
          || !table.columns().get(reference.getIndex()).name().equals(SourceTable.TIME)) {
        throw new SqlException(shape.from(), "windows are of " + SourceTable.TIME);
      }
    }

    private Grain grain(RexNode interval) {
      long millis = millis(interval).orElse(0);
      for (Grain grain : List.of(Grain.MINUTE, Grain.HOUR, Grain.DAY)) {
        if (millis == grain.length().toMillis()) {
          return grain;
        }
      }
      throw new SqlException(
          shape.from(),
          "windows are of a minute, an hour or a day, or hop by one; longer ones are made when read");
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
        throw new SqlException(position, NO_WINDOW);
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
