package io.millrace.views.sql;

import io.millrace.views.sql.SqlException.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
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
    if (written instanceof SqlOrderBy ordered) {
      return new SelectPositions(List.of(), ofOrder(ordered), List.of());
    }
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

  /** Of what comes first of ORDER BY, OFFSET and FETCH, of which there is one. */
  private static Position ofOrder(SqlOrderBy ordered) {
    return Stream.of(ordered.orderList, ordered.offset, ordered.fetch)
        .filter(part -> part != null && part.getParserPosition().getLineNum() > 0)
        .map(Dialect::position)
        .findFirst()
        .orElseGet(() -> Dialect.position(ordered));
  }

  Position ofColumn(int index) {
    return index < columns.size() ? columns.get(index) : from;
  }
}
