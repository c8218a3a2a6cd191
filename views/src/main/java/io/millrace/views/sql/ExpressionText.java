package io.millrace.views.sql;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** An expression as a text with the names of columns: equal for what is equal. */
final class ExpressionText {
  private ExpressionText() {}

  static String of(RexNode expression, SourceTable table) {
    return expression
        .accept(
            new RexShuttle() {
              @Override
              public RexNode visitInputRef(RexInputRef reference) {
                return new Named(
                    table.columns().get(reference.getIndex()).name(),
                    reference.getIndex(),
                    reference.getType());
              }
            })
        .toString();
  }

  /** A column that shows its name where it would show its number. */
  private static final class Named extends RexInputRef {
    Named(String name, int index, RelDataType type) {
      super(index, type);
      digest = name;
    }
  }
}
