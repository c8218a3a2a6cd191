package io.millrace.views.sql;

import io.millrace.views.sql.SqlException.Position;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a query stand.
 *
 * @param columns of those that are written out
 * @param from of what the query is about
 * @param joins of the conditions of joins, the last one first
 */
record SelectPositions(List<Position> columns, Position from, List<Position> joins) {

  static SelectPositions of(SqlNode written) {
    if (!(written instanceof SqlSelect select)) {
      return new SelectPositions(List.of(), Dialect.position(written), List.of());
    }
    SqlNode from = select.getFrom();
    return new SelectPositions(
        select.getSelectList().stream().map(Dialect::position).toList(),
        Dialect.position(from == null ? select : from),
        joins(from));
  }

  private static List<Position> joins(@Nullable SqlNode from) {
    var joins = new ArrayList<Position>();
    SqlNode node = from;
    while (node instanceof SqlJoin join) {
      SqlNode condition = join.getCondition();
      joins.add(Dialect.position(condition == null ? join.getRight() : condition));
      node = join.getLeft();
    }
    return joins;
  }

  Position ofJoin(int index) {
    return index < joins.size() ? joins.get(index) : from;
  }

  Position ofColumn(int index) {
    return index < columns.size() ? columns.get(index) : from;
  }
}
