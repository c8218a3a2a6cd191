package io.millrace.query.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Puts the number of a column, or what it is, where ORDER BY has its name. The validator could do
 * the same, but does it within expressions too: SUM(events) AS events … ORDER BY SUM(events) would
 * be a sum of sums.
 */
final class NamedOrder extends SqlShuttle {
  private NamedOrder() {}

  /** The same query without names of its own columns in ORDER BY. */
  static SqlNode numbered(SqlNode query) {
    SqlNode numbered = query.accept(new NamedOrder());
    return numbered == null ? query : numbered;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    return visited instanceof SqlOrderBy order ? numbered(order) : visited;
  }

  private static SqlNode numbered(SqlOrderBy order) {
    Optional<SqlNodeList> columns = columns(order.query);
    if (columns.isEmpty()) {
      return order;
    }
    List<SqlNode> items = new ArrayList<>();
    for (SqlNode item : order.orderList) {
      items.add(item == null ? order : numbered(item, columns.get()));
    }
    return new SqlOrderBy(
        order.getParserPosition(),
        order.query,
        new SqlNodeList(items, order.orderList.getParserPosition()),
        order.offset,
        order.fetch);
  }

  private static Optional<SqlNodeList> columns(SqlNode query) {
    return switch (query) {
      case SqlSelect select -> Optional.of(select.getSelectList());
      case SqlWith with -> columns(with.body);
      default -> Optional.empty();
    };
  }

  private static SqlNode numbered(SqlNode item, SqlNodeList columns) {
    return switch (item.getKind()) {
      case DESCENDING, NULLS_FIRST, NULLS_LAST -> {
        var call = (SqlBasicCall) item;
        yield call.getOperator()
            .createCall(call.getParserPosition(), numbered(call.operand(0), columns));
      }
      default ->
          item instanceof SqlIdentifier name && name.isSimple() ? column(name, columns) : item;
    };
  }

  private static SqlNode column(SqlIdentifier name, SqlNodeList columns) {
    boolean hasStar = false;
    for (int i = 0; i < columns.size(); i++) {
      SqlNode column = columns.get(i);
      hasStar |= column instanceof SqlIdentifier all && all.isStar();
      if (column.getKind() == SqlKind.AS
          && ((SqlCall) column).operand(1) instanceof SqlIdentifier alias
          && alias.getSimple().equalsIgnoreCase(name.getSimple())) {
        return hasStar
            ? ((SqlCall) column).operand(0)
            : SqlLiteral.createExactNumeric(Integer.toString(i + 1), place(name));
      }
    }
    return name;
  }

  private static SqlParserPos place(SqlNode node) {
    return node.getParserPosition();
  }
}
