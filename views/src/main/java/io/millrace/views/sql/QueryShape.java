package io.millrace.views.sql;

import io.millrace.views.sql.SqlException.Position;
import io.millrace.views.table.ReferenceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * The query of a view taken apart: every expression is over the columns of its table, followed by
 * {@code window_start} and {@code window_end} where it has windows; what is joined is looked up by
 * them ({@link TableLookup}).
 *
 * @param names of the columns of the result, in order
 * @param columns what each of them is, over the groups and after them the aggregates
 * @param having which groups there are, over the same
 * @param positions where each of them stands
 * @param joined the reference tables that rows are looked up in
 */
record QueryShape(
    String table,
    RexBuilder rex,
    List<RexNode> conditions,
    List<RexNode> windows,
    List<RexNode> groups,
    List<Call> aggregates,
    List<String> names,
    List<RexNode> columns,
    List<RexNode> having,
    List<Position> positions,
    Position from,
    List<ReferenceTable> joined) {

  /**
   * An aggregate.
   *
   * @param filters what {@code FILTER} says; none or one
   */
  record Call(AggregateCall call, List<RexNode> operands, List<RexNode> filters) {}

  static QueryShape of(Dialect.CheckedQuery query) {
    return new Reader(query).read();
  }

  /** Goes from the result down to the table. */
  private static final class Reader {
    private static final int MOST_JOINS = 4;

    private final Dialect.CheckedQuery query;
    private final SelectPositions positions;
    private final List<RexNode> conditions = new ArrayList<>();
    private final List<RexNode> windows = new ArrayList<>();
    private final List<ReferenceTable> joined = new ArrayList<>();
    private final List<RexNode> having = new ArrayList<>();

    Reader(Dialect.CheckedQuery query) {
      this.query = query;
      positions = SelectPositions.of(query.written());
    }

    QueryShape read() {
      RelNode top = query.root().rel;
      if (top instanceof Sort) {
        throw refused("a view has no order and no limit; give them in the query that reads it");
      }
      List<RexNode> columns = fields(top);
      while (top instanceof Project || top instanceof Filter) {
        if (top instanceof Project project) {
          columns.replaceAll(column -> RelOptUtil.pushPastProject(column, project));
          having.replaceAll(condition -> RelOptUtil.pushPastProject(condition, project));
        } else if (top instanceof Filter filter) {
          having.add(filter.getCondition());
        }
        top = top.getInput(0);
      }
      if (!(top instanceof Aggregate aggregate)
          || aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
        throw refused(
            "a view groups and aggregates: SELECT …, COUNT(*) AS … FROM … GROUP BY …, once and"
                + " over one table");
      }
      return below(aggregate, columns);
    }

    private static List<RexNode> fields(RelNode step) {
      RexBuilder rex = step.getCluster().getRexBuilder();
      List<RexNode> fields = new ArrayList<>();
      for (int i = 0; i < step.getRowType().getFieldCount(); i++) {
        fields.add(rex.makeInputRef(step, i));
      }
      return fields;
    }

    private QueryShape below(Aggregate aggregate, List<RexNode> columns) {
      RelNode input = aggregate.getInput();
      RexBuilder rex = aggregate.getCluster().getRexBuilder();
      List<RexNode> expressions = fields(input);
      TableScan scan = descend(input, expressions);
      List<RexNode> groups =
          aggregate.getGroupSet().asList().stream().map(expressions::get).toList();
      var calls = new ArrayList<Call>();
      for (AggregateCall call : aggregate.getAggCallList()) {
        calls.add(
            new Call(
                call,
                call.getArgList().stream().map(expressions::get).toList(),
                call.filterArg < 0 ? List.of() : List.of(expressions.get(call.filterArg))));
      }
      groups.forEach(this::requireOfTheEventAlone);
      conditions.forEach(this::requireOfTheEventAlone);
      columns.forEach(this::requireOfTheEventAlone);
      having.forEach(this::requireOfTheEventAlone);
      for (Call call : calls) {
        call.operands().forEach(this::requireOfTheEventAlone);
        call.filters().forEach(this::requireOfTheEventAlone);
      }
      return new QueryShape(
          Util.last(scan.getTable().getQualifiedName()),
          rex,
          List.copyOf(conditions),
          List.copyOf(windows),
          groups,
          List.copyOf(calls),
          query.root().fields.stream().map(field -> field.getValue()).toList(),
          query.root().fields.stream().map(field -> columns.get(field.getKey())).toList(),
          List.copyOf(having),
          IntStream.range(0, columns.size()).mapToObj(positions::ofColumn).toList(),
          positions.from(),
          joined.stream().distinct().toList());
    }

    /** Makes the expressions, and the conditions met, such over the columns of the table. */
    private TableScan descend(RelNode from, List<RexNode> expressions) {
      RelNode node = from;
      while (true) {
        switch (node) {
          case TableScan scan -> {
            requireEvents(scan);
            return scan;
          }
          case Project project -> {
            expressions.replaceAll(expression -> RelOptUtil.pushPastProject(expression, project));
            conditions.replaceAll(condition -> RelOptUtil.pushPastProject(condition, project));
            node = project.getInput();
          }
          case Filter filter -> {
            conditions.add(filter.getCondition());
            node = filter.getInput();
          }
          case Join join -> node = beforeJoin(join, expressions);
          case TableFunctionScan window when window.getInputs().size() == 1 -> {
            windows.add(window.getCall());
            return tableOf(window.getInput(0));
          }
          default ->
              throw refused(
                  "a view is about one of clicks, rejected, events and sessions, joined with"
                      + " reference tables or not, without subqueries that group, or sets");
        }
      }
    }

    private void requireEvents(TableScan scan) {
      if (scan.getTable().unwrap(ReferenceSource.class) != null) {
        throw refused(
            "a view is about events; a reference table is joined with them, or asked in a query");
      }
    }

    /** Makes what is joined part of the expressions; the events without it are what is left. */
    private RelNode beforeJoin(Join join, List<RexNode> expressions) {
      Position position = positions.ofJoin(joined.size());
      if (joined.size() == MOST_JOINS) {
        throw new SqlException(position, "a view joins at most " + MOST_JOINS + " tables");
      }
      TableJoin found = TableJoin.of(join, position);
      joined.add(found.table());
      expressions.replaceAll(found::overEvents);
      conditions.replaceAll(found::overEvents);
      if (found.isInner()) {
        conditions.addFirst(found.isThere());
      }
      return join.getLeft();
    }

    /** The columns of windows come after those of the table, so the table must be all there is. */
    private TableScan tableOf(RelNode windowed) {
      RelNode node =
          windowed instanceof Project all
                  && RexUtil.isIdentity(all.getProjects(), all.getInput().getRowType())
              ? all.getInput()
              : windowed;
      if (node instanceof TableScan scan) {
        return scan;
      }
      throw refused(
          "windows are of a whole table: TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(event_time), …))");
    }

    /** The same event must give the same at any time and in every process. */
    private void requireOfTheEventAlone(RexNode expression) {
      if (!RexUtil.isDeterministic(expression)) {
        throw refused("this does not depend on the event alone: " + expression);
      }
      expression.accept(
          new RexVisitorImpl<@Nullable Void>(true) {
            @Override
            public @Nullable Void visitSubQuery(RexSubQuery query) {
              throw refused("a condition of a view is about the event alone, not another query");
            }

            @Override
            public @Nullable Void visitOver(RexOver over) {
              throw refused("a view has no windows over rows; use OVER in the query that reads it");
            }

            @Override
            public @Nullable Void visitCall(RexCall call) {
              if (WholeProperties.areReadBy(call)) {
                return call.getOperands().get(1).accept(this);
              }
              return PropertyPath.of(call).isPresent() ? null : super.visitCall(call);
            }

            @Override
            public @Nullable Void visitInputRef(RexInputRef reference) {
              if (reference.getType().getSqlTypeName() == SqlTypeName.MAP) {
                throw refused("name one of the properties, such as properties['order.total']");
              }
              return null;
            }

            @Override
            public @Nullable Void visitDynamicParam(RexDynamicParam parameter) {
              throw refused("a view has no parameters; write the value in place of ?");
            }
          });
    }

    private SqlException refused(String reason) {
      return new SqlException(positions.from(), reason);
    }
  }
}
