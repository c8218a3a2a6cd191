package io.millrace.views.sql;

import io.millrace.views.Fact;
import io.millrace.views.JudgedClick;
import io.millrace.views.sql.language.BoundedFunctions;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * {@code JSON_VALUE(properties, '$.items[0]')}: a function of JSON reads all properties at once.
 */
final class WholeProperties {
  private WholeProperties() {}

  static boolean areReadBy(RexCall call) {
    RexNode json = call.getOperands().isEmpty() ? call : call.getOperands().getFirst();
    return BoundedFunctions.isOfJson(call.getOperator())
        && json instanceof RexInputRef
        && json.getType().getSqlTypeName() == SqlTypeName.MAP;
  }

  static @Nullable Object of(Fact fact) {
    return fact instanceof JudgedClick click && !click.properties().isEmpty()
        ? click.properties()
        : null;
  }
}
