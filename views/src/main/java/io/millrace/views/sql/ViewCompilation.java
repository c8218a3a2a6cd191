package io.millrace.views.sql;

import io.millrace.model.cell.Grain;
import io.millrace.views.Aggregate;
import io.millrace.views.Dimension;
import io.millrace.views.Field;
import io.millrace.views.Filter;
import io.millrace.views.GroupExpression;
import io.millrace.views.GroupRow;
import io.millrace.views.ReadColumn;
import io.millrace.views.ViewPlan;
import io.millrace.views.ViewReading;
import io.millrace.views.sql.SqlException.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** The work on one view: from the shape of its query to its plan. Belongs to one thread. */
final class ViewCompilation {
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
  private final ViewWindows windows;
  private final ViewAggregates kept;
  private Optional<SqlException> endless = Optional.empty();

  /** A column that is neither a group nor an aggregate. */
  private record ComputedColumn(String name, RexNode expression, Position position) {}

  ViewCompilation(ViewDefinition definition, ViewOptions options, QueryShape shape) {
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
    windows = new ViewWindows(shape, table);
    kept = new ViewAggregates(shape, expressions, windows);
  }

  ViewPlan plan() {
    Grain finest = windows.finest();
    ColumnNames.requireUsable(shape.names(), shape.positions());
    for (int i = 0; i < shape.names().size(); i++) {
      addColumn(shape.columns().get(i), shape.names().get(i), shape.positions().get(i));
    }
    if (groupsTold.size() < shape.groups().size()) {
      throw new SqlException(
          shape.from(), "each group has to be a column, or nobody could tell the rows apart");
    }
    ViewReading reading = reading();
    return SqlException.located(
        definition.position(),
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
        options.grains(windows.finest()).stream()
            .allMatch(options.retention().periods()::containsKey);
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
    aggregates.add(kept.of(shape.aggregates().get(call), name, position));
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
            .map(new GroupExpressions(shape.rex(), index -> input(index, shape.from()))::condition);
    return new ViewReading(windows.hop(), having, columns, hidden);
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
    if (windows.isWindowColumn(group)) {
      throw new SqlException(position, ViewWindows.NOTHING_COMPUTED);
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
      windows.requireNone(condition, shape.from());
      filters.add(expressions.filter(condition));
    }
    return Filter.all(filters);
  }

  private void addGroup(int index, String name, Position position) {
    RexNode group = shape.groups().get(index);
    groupsTold.add(index);
    if (windows.isWindowColumn(group)) {
      String expected = windows.windowColumn(group) == 0 ? ViewWindows.START : ViewWindows.END;
      if (!name.equals(expected)) {
        throw new SqlException(position, "the column " + expected + " keeps its name");
      }
      return;
    }
    windows.requireNone(group, position);
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
}
