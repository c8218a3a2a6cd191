package io.millrace.query.sql;

import io.millrace.views.sql.language.StandardOperators;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.util.Optionality;

/**
 * The functions and operators of queries: those that views have too, but for what makes windows,
 * and our own two for the sketches of views.
 */
final class SqlOperators {

  /** Windows are made when a view is, not when it is read. */
  private static final Set<String> LEFT_OUT =
      Set.of("TUMBLE", "HOP", "SESSION", "$TUMBLE", "$HOP", "$SESSION");

  /** Merges the numbers or sketches of a column of a view. */
  static final SqlAggFunction MERGE = new Merge();

  /** The number that the sketch of one row says. */
  static final SqlFunction VALUE_OF =
      new SqlFunction(
          "VALUE_OF",
          SqlKind.OTHER_FUNCTION,
          binding -> merged(binding.getOperandType(0), binding.getTypeFactory()),
          null,
          new OfSketch(false),
          SqlFunctionCategory.USER_DEFINED_FUNCTION);

  private SqlOperators() {}

  /** All of them. */
  static SqlOperatorTable all() {
    return SqlOperatorTables.chain(
        StandardOperators.withFunctions(LEFT_OUT), SqlOperatorTables.of(MERGE, VALUE_OF));
  }

  /** What MERGE and VALUE_OF make of a sketch. */
  static RelDataType merged(RelDataType type, RelDataTypeFactory types) {
    RelDataType value =
        switch (ViewTypes.sketchKind(type).orElseThrow()) {
          case DISTINCT -> types.createSqlType(SqlTypeName.BIGINT);
          case AVERAGE -> types.createSqlType(SqlTypeName.DOUBLE);
          case QUANTILES ->
              types.createMapType(
                  types.createSqlType(SqlTypeName.VARCHAR),
                  types.createSqlType(SqlTypeName.DOUBLE));
          case TOP -> type;
        };
    return types.createTypeWithNullability(value, true);
  }

  /** Stands for the function of the kind that its operand turns out to be. */
  private static final class Merge extends SqlAggFunction {
    Merge() {
      super(
          SqlText.MERGE,
          null,
          SqlKind.OTHER_FUNCTION,
          Merge::result,
          null,
          new OfSketch(true),
          SqlFunctionCategory.USER_DEFINED_FUNCTION,
          false,
          false,
          Optionality.FORBIDDEN);
    }

    private static RelDataType result(SqlOperatorBinding binding) {
      RelDataType type = binding.getOperandType(0);
      return ViewTypes.sketchKind(type).isPresent()
          ? merged(type, binding.getTypeFactory())
          : ReturnTypes.AGG_SUM.inferReturnType(binding);
    }
  }

  /** Takes a sketch, and perhaps a number. */
  private record OfSketch(boolean takesNumbers) implements SqlOperandTypeChecker {
    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
      RelDataType type = binding.getOperandType(0);
      boolean fits =
          ViewTypes.sketchKind(type).isPresent() || (takesNumbers && SqlTypeUtil.isNumeric(type));
      if (!fits && throwOnFailure) {
        throw binding.newValidationSignatureError();
      }
      return fits;
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      return SqlOperandCountRanges.of(1);
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
      return name + "(column of a view)";
    }
  }
}
