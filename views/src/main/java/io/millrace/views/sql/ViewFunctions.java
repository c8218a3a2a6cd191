package io.millrace.views.sql;

import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Optionality;

/** The aggregates of views that standard SQL does not name. */
final class ViewFunctions {
  /** {@code TOP_K(text, k)}: the k most frequent texts. */
  static final SqlAggFunction TOP_K =
      new ViewFunction(
          "TOP_K",
          ReturnTypes.explicit(SqlTypeName.VARCHAR),
          OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.INTEGER));

  /** {@code APPROX_PERCENTILE(number, rank)}: rank is 0 to 1. */
  static final SqlAggFunction APPROX_PERCENTILE =
      new ViewFunction(
          "APPROX_PERCENTILE",
          ReturnTypes.ARG0_NULLABLE,
          OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.NUMERIC));

  private ViewFunctions() {}

  private static final class ViewFunction extends SqlAggFunction {
    ViewFunction(String name, SqlReturnTypeInference type, SqlOperandTypeChecker operands) {
      super(
          name,
          null,
          SqlKind.OTHER_FUNCTION,
          type,
          null,
          operands,
          SqlFunctionCategory.USER_DEFINED_FUNCTION,
          false,
          false,
          Optionality.FORBIDDEN);
    }
  }
}
