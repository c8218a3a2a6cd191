package io.millrace.views.sql;

import io.millrace.views.Field;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Which groups can have any number of values: those of whom, of which address or when, and of what
 * senders write as they like. A cell is kept for each value, so there has to be an end to them.
 */
final class GroupBounds {
  private static final Set<Field> ENDLESS =
      EnumSet.of(
          Field.VISITOR, Field.URL, Field.CLICK_IDENTIFIER, Field.OFFSET, Field.RECEIVED_TIME);

  /** What has few values, whatever it is computed of. */
  private static final Set<SqlKind> FEW_VALUES = EnumSet.of(SqlKind.EXTRACT, SqlKind.MOD);

  private static final Set<String> FUNCTIONS_OF_FEW_VALUES =
      Set.of("URL_HOST", "URL_PROTOCOL", "URL_PORT", "CHAR_LENGTH", "CHARACTER_LENGTH", "SIGN");

  private final SourceTable table;

  GroupBounds(SourceTable table) {
    this.table = table;
  }

  /** What there can be any number of in a group; empty where its values are few. */
  Optional<String> endless(RexNode group) {
    if (PropertyPath.of(group).isPresent()) {
      return Optional.of(ExpressionText.of(group, table));
    }
    if (group.getType().getSqlTypeName() == SqlTypeName.BOOLEAN) {
      return Optional.empty();
    }
    return switch (group) {
      case RexInputRef column -> endless(table.columns().get(column.getIndex()));
      case RexCall call ->
          operandsThatCount(call).stream()
              .flatMap(operand -> endless(operand).stream())
              .findFirst();
      default -> Optional.empty();
    };
  }

  private static Optional<String> endless(SourceColumn column) {
    boolean isEndless =
        column.name().equals(SourceTable.TIME)
            || column.name().equals(SourceTable.PROPERTIES)
            || column.field().filter(ENDLESS::contains).isPresent();
    return isEndless ? Optional.of(column.name()) : Optional.empty();
  }

  private static List<RexNode> operandsThatCount(RexCall call) {
    List<RexNode> operands = call.getOperands();
    if (FEW_VALUES.contains(call.getKind())
        || FUNCTIONS_OF_FEW_VALUES.contains(call.getOperator().getName())
        // Whatever the key is, there are no more values than rows of a table in memory.
        || call.getOperator() instanceof TableLookup) {
      return List.of();
    }
    if (call.getKind() != SqlKind.CASE) {
      return operands;
    }
    var values = new ArrayList<RexNode>();
    for (int i = 1; i < operands.size(); i += 2) {
      values.add(operands.get(i));
    }
    values.add(operands.getLast());
    return values;
  }
}
