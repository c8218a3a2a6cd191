package io.millrace.views.sql;

import io.millrace.views.sql.SqlException.Position;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A query without groups taken apart: every expression is over the columns of its table.
 *
 * @param names of the columns of the result, in order
 * @param expressions what each of them is
 */
record RowShape(
    RexBuilder rex, List<RexNode> conditions, List<RexNode> expressions, List<String> names) {

  static RowShape of(Dialect.CheckedQuery query) {
    return new Reader(query).read();
  }

  /** Whether it is the column that has all properties. */
  static boolean isAllProperties(RexNode expression) {
    return expression instanceof RexInputRef
        && expression.getType().getSqlTypeName() == SqlTypeName.MAP;
  }

  /** Goes from the result down to the table. */
  private static final class Reader {

    private final Dialect.CheckedQuery query;
    private final SelectPositions positions;
    private final List<RexNode> conditions = new ArrayList<>();

    Reader(Dialect.CheckedQuery query) {
      this.query = query;
      positions = SelectPositions.of(select(query.written()));
    }

    private static SqlNode select(SqlNode written) {
      return written instanceof SqlOrderBy ordered ? ordered.query : written;
    }

    RowShape read() {
      requireNoOrder();
      RelNode top = query.root().rel;
      RexBuilder rex = top.getCluster().getRexBuilder();
      var expressions = new ArrayList<RexNode>();
      for (int i = 0; i < top.getRowType().getFieldCount(); i++) {
        expressions.add(rex.makeInputRef(top, i));
      }
      descend(top, expressions);
      conditions.forEach(condition -> requireOfTheClickAlone(condition, positions.from()));
      var names = new ArrayList<String>();
      var shown = new ArrayList<RexNode>();
      for (var field : query.root().fields) {
        RexNode expression = expressions.get(field.getKey());
        if (!isAllProperties(expression)) {
          requireOfTheClickAlone(expression, positions.ofColumn(names.size()));
        }
        names.add(field.getValue());
        shown.add(expression);
      }
      return new RowShape(rex, List.copyOf(conditions), List.copyOf(shown), List.copyOf(names));
    }

    private void requireNoOrder() {
      if (query.written() instanceof SqlOrderBy ordered) {
        if (!ordered.orderList.isEmpty()) {
          throw new SqlException(
              Dialect.position(ordered.orderList),
              "clicks come in the order of the log; leave out ORDER BY");
        }
        throw refused("LIMIT is the last word: … EMIT CHANGES LIMIT n; there is no OFFSET");
      }
    }

    /** Makes the expressions, and the conditions met, such over the columns of the table. */
    private void descend(RelNode from, List<RexNode> expressions) {
      RelNode node = from;
      while (!(node instanceof TableScan)) {
        switch (node) {
          case Project project -> {
            expressions.replaceAll(expression -> RelOptUtil.pushPastProject(expression, project));
            conditions.replaceAll(condition -> RelOptUtil.pushPastProject(condition, project));
            node = project.getInput();
          }
          case Filter filter -> {
            conditions.add(filter.getCondition());
            node = filter.getInput();
          }
          case Sort _ ->
              throw refused("clicks are not sorted; leave out ORDER BY, LIMIT and OFFSET");
          case Aggregate _ ->
              throw refused(
                  "clicks are followed one by one, without groups and aggregates; follow a view to"
                      + " see sums");
          default ->
              throw refused(
                  "clicks are followed alone: SELECT … FROM clicks WHERE …, without joins,"
                      + " windows or sets");
        }
      }
    }

    private void requireOfTheClickAlone(RexNode expression, Position position) {
      if (!RexUtil.isDeterministic(expression) || RexOver.containsOver(expression)) {
        throw new SqlException(position, "this does not depend on the click alone: " + expression);
      }
      expression.accept(
          new RexVisitorImpl<@Nullable Void>(true) {
            @Override
            public @Nullable Void visitSubQuery(RexSubQuery subquery) {
              throw new SqlException(position, "this is about the click alone, not another query");
            }

            @Override
            public @Nullable Void visitCall(RexCall call) {
              return PropertyPath.of(call).isPresent() ? null : super.visitCall(call);
            }

            @Override
            public @Nullable Void visitInputRef(RexInputRef reference) {
              if (isAllProperties(reference)) {
                throw new SqlException(
                    position, "name one of the properties, such as properties['order.total']");
              }
              return null;
            }
          });
    }

    private SqlException refused(String reason) {
      return new SqlException(positions.from(), reason);
    }
  }
}
