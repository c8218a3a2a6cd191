package io.millrace.query.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/**
 * The functions and operators there are: those of standard SQL without the ones below, a few that
 * most databases have, and our own two.
 */
final class SqlOperators {

  /**
   * Of the standard, but not here. They tell of the server or its user, are about tables that
   * change with time, or make much of little: patterns that take for ever, texts and lists that
   * grow.
   */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "USER",
          "CURRENT_USER",
          "SESSION_USER",
          "SYSTEM_USER",
          "CURRENT_PATH",
          "CURRENT_ROLE",
          "CURRENT_CATALOG",
          "CURRENT_SCHEMA",
          "NEXT VALUE",
          "CURRENT VALUE",
          "NEXT_VALUE",
          "CURRENT_VALUE",
          "$THROW",
          "NEW",
          "CURSOR",
          "TABLESAMPLE",
          "TUMBLE",
          "HOP",
          "SESSION",
          "$TUMBLE",
          "$HOP",
          "$SESSION",
          "SIMILAR TO",
          "NOT SIMILAR TO",
          "POSIX REGEX CASE SENSITIVE",
          "POSIX REGEX CASE INSENSITIVE",
          "NEGATED POSIX REGEX CASE SENSITIVE",
          "NEGATED POSIX REGEX CASE INSENSITIVE",
          "REPLACE",
          "OVERLAY",
          "CONVERT",
          "TRANSLATE",
          "COLLECT",
          "FUSION",
          "INTERSECTION",
          "LISTAGG",
          "JSON_ARRAYAGG",
          "JSON_OBJECTAGG",
          "JSON_OBJECT",
          "JSON_ARRAY",
          "JSON_EXISTS",
          "JSON_VALUE",
          "JSON_QUERY",
          "JSON_TYPE",
          "JSON_DEPTH",
          "JSON_LENGTH",
          "JSON_KEYS",
          "JSON_PRETTY",
          "JSON_REMOVE",
          "JSON_INSERT",
          "JSON_REPLACE",
          "JSON_SET",
          "JSON_STORAGE_SIZE");

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
        new Standard(),
        SqlOperatorTables.of(
            MERGE,
            VALUE_OF,
            SqlLibraryOperators.ILIKE,
            SqlLibraryOperators.NOT_ILIKE,
            SqlLibraryOperators.INFIX_CAST,
            SqlLibraryOperators.LEFT,
            SqlLibraryOperators.RIGHT,
            SqlLibraryOperators.STARTS_WITH,
            SqlLibraryOperators.ENDS_WITH,
            SqlLibraryOperators.GREATEST_PG,
            SqlLibraryOperators.LEAST_PG));
  }

  /** Those of the standard that are not left out. */
  private record Standard() implements SqlOperatorTable {
    @Override
    public void lookupOperatorOverloads(
        SqlIdentifier name,
        @Nullable SqlFunctionCategory category,
        SqlSyntax syntax,
        List<SqlOperator> operators,
        SqlNameMatcher matcher) {
      List<SqlOperator> found = new ArrayList<>();
      SqlStdOperatorTable.instance()
          .lookupOperatorOverloads(name, category, syntax, found, matcher);
      found.removeIf(Standard::isLeftOut);
      operators.addAll(found);
    }

    @Override
    public List<SqlOperator> getOperatorList() {
      return SqlStdOperatorTable.instance().getOperatorList().stream()
          .filter(operator -> !isLeftOut(operator))
          .toList();
    }

    private static boolean isLeftOut(SqlOperator operator) {
      return LEFT_OUT.contains(operator.getName().toUpperCase(Locale.ROOT));
    }
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
