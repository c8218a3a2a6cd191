package io.millrace.views.sql;

import io.millrace.views.sql.SqlException.Position;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;

/**
 * Where the parts of a query stand.
 *
 * @param columns of those that are written out
 * @param from of what the query is about
 */
record SelectPositions(List<Position> columns, Position from) {

  static SelectPositions of(SqlNode written) {
    if (!(written instanceof SqlSelect select)) {
      return new SelectPositions(List.of(), Dialect.position(written));
    }
    SqlNode from = select.getFrom();
    return new SelectPositions(
        select.getSelectList().stream().map(Dialect::position).toList(),
        Dialect.position(from == null ? select : from));
  }

  Position ofColumn(int index) {
    return index < columns.size() ? columns.get(index) : from;
  }
}
