package io.millrace.views.sql;

import io.millrace.views.NumericProperty;
import io.millrace.views.sql.language.BoundedFunctions;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** The one property of an event that {@code properties['order.total']} is about. */
final class PropertyPath {
  private PropertyPath() {}

  /** The names to go by from the outermost object; empty for any other expression. */
  static Optional<List<String>> of(RexNode expression) {
    return expression instanceof RexCall item
            && item.getKind() == SqlKind.ITEM
            && item.getOperands().getFirst().getType().getSqlTypeName() == SqlTypeName.MAP
            && item.getOperands().get(1) instanceof RexLiteral path
        ? Optional.ofNullable(path.getValueAs(String.class))
            .map(names -> List.of(names.split("\\.", -1)))
        : Optional.empty();
  }

  /**
   * The number that {@code CAST(properties['order.total'] AS DECIMAL(9, 2))} is: rounded, wherever
   * it stands. Empty for any other expression, and for casts to what views cannot add up.
   */
  static Optional<NumericProperty> numberOf(RexNode expression) {
    if (!(expression instanceof RexCall cast) || cast.getKind() != SqlKind.CAST) {
      return Optional.empty();
    }
    SqlTypeName type = cast.getType().getSqlTypeName();
    boolean isKept =
        type == SqlTypeName.BIGINT
            || (type == SqlTypeName.DECIMAL
                && cast.getType().getScale() <= NumericProperty.MOST_DECIMALS);
    return isKept
        ? of(BoundedFunctions.castOperand(cast))
            .filter(path -> !path.contains(""))
            .map(path -> new NumericProperty(path, Math.max(0, cast.getType().getScale())))
        : Optional.empty();
  }
}
