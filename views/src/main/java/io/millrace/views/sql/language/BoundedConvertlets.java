package io.millrace.views.sql.language;

import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/**
 * Makes expressions of what is written as Calcite does, with bounded casts from the first: it
 * computes those of literals as soon as it sees them, before a plan could be looked at.
 */
public final class BoundedConvertlets implements SqlRexConvertletTable {
  /** Makes a table. */
  public BoundedConvertlets() {}

  @Override
  public @Nullable SqlRexConvertlet get(SqlCall call) {
    SqlRexConvertlet standard = StandardConvertletTable.INSTANCE.get(call);
    return standard == null
        ? null
        : (context, converted) -> {
          RexNode expression = standard.convertCall(context, converted);
          return expression instanceof RexCall made
              ? BoundedFunctions.cast(made, context.getRexBuilder())
              : expression;
        };
  }
}
