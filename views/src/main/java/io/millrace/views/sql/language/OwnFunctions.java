package io.millrace.views.sql.language;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/**
 * Functions that are ours: those called by name, and those that take the place of Calcite's. Each
 * is a method that has no state, and whose time and outcome are bounded by what it is given.
 */
final class OwnFunctions {
  private static final SqlReturnTypeInference TEXT = orNull(SqlTypeName.VARCHAR);
  private static final SqlReturnTypeInference TRUTH = orNull(SqlTypeName.BOOLEAN);
  private static final SqlReturnTypeInference WHOLE = orNull(SqlTypeName.INTEGER);

  static final SqlFunction CONCAT =
      function(
          "CONCAT",
          BoundedText.class,
          "concat",
          ReturnTypes.DYADIC_STRING_SUM_PRECISION_NULLABLE,
          String.class,
          String.class);
  static final SqlFunction LIKE = match("like", String.class, String.class);
  static final SqlFunction LIKE_ESCAPE = match("like", String.class, String.class, String.class);
  static final SqlFunction ILIKE = match("ilike", String.class, String.class);
  static final SqlFunction ILIKE_ESCAPE = match("ilike", String.class, String.class, String.class);
  static final SqlFunction JSON_VALUE = ofJson("JSON_VALUE", "value", TEXT);
  static final SqlFunction JSON_QUERY = ofJson("JSON_QUERY", "query", TEXT);
  static final SqlFunction JSON_EXISTS = ofJson("JSON_EXISTS", "exists", TRUTH);

  /** These take the type of the call that they are put around or into. */
  static final SqlFunction NUMBER_TEXT = ofNumber("NUMBER_TEXT", "text", String.class);

  static final SqlFunction NUMBER_TEXT_OR_NULL =
      ofNumber("NUMBER_TEXT_OR_NULL", "textOrNull", String.class);
  static final SqlFunction NUMBER_RESULT = ofNumber("NUMBER_RESULT", "result", BigDecimal.class);

  static final List<SqlFunction> CALLED_BY_NAME =
      List.of(
          function(
              "REPLACE",
              BoundedText.class,
              "replace",
              TEXT,
              String.class,
              String.class,
              String.class),
          function(
              "SPLIT_PART",
              BoundedText.class,
              "splitPart",
              TEXT,
              String.class,
              String.class,
              Integer.class),
          ofUrl("URL_PROTOCOL", "protocol"),
          ofUrl("URL_HOST", "host"),
          function("URL_PORT", UrlValues.class, "port", WHOLE, String.class),
          ofUrl("URL_PATH", "path"),
          ofUrl("URL_QUERY", "query"),
          ofUrl("URL_FRAGMENT", "fragment"),
          function("URL_PARAMETER", UrlValues.class, "parameter", TEXT, String.class, String.class),
          ofUrl("URL_DECODE", "decode"),
          ofUrl("URL_ENCODE", "encode"));

  private OwnFunctions() {}

  private static SqlReturnTypeInference orNull(SqlTypeName type) {
    return ReturnTypes.explicit(type).andThen(SqlTypeTransforms.FORCE_NULLABLE);
  }

  private static SqlFunction match(String method, Class<?>... operands) {
    return function(method, BoundedText.class, method, ReturnTypes.BOOLEAN_NULLABLE, operands);
  }

  private static SqlFunction ofJson(String name, String method, SqlReturnTypeInference result) {
    return function(name, JsonValues.class, method, result, String.class, String.class);
  }

  private static SqlFunction ofNumber(String name, String method, Class<?> operand) {
    return function(name, BoundedNumbers.class, method, ReturnTypes.ARG0_NULLABLE, operand);
  }

  private static SqlFunction ofUrl(String name, String method) {
    return function(name, UrlValues.class, method, TEXT, String.class);
  }

  private static SqlFunction function(
      String name,
      Class<?> owner,
      String method,
      SqlReturnTypeInference result,
      Class<?>... operands) {
    List<Class<?>> classes = List.of(operands);
    return new SqlUserDefinedFunction(
        new SqlIdentifier(name.toUpperCase(java.util.Locale.ROOT), SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        result,
        null,
        OperandTypes.operandMetadata(
            classes.stream().map(OwnFunctions::family).toList(),
            types -> classes.stream().map(operand -> type(operand, types)).toList(),
            index -> "operand" + index,
            index -> false),
        Objects.requireNonNull(
            ScalarFunctionImpl.create(Types.lookupMethod(owner, method, operands))));
  }

  private static SqlTypeFamily family(Class<?> operand) {
    return operand == String.class
        ? SqlTypeFamily.CHARACTER
        : operand == BigDecimal.class ? SqlTypeFamily.DECIMAL : SqlTypeFamily.INTEGER;
  }

  private static RelDataType type(Class<?> operand, RelDataTypeFactory types) {
    return types.createSqlType(
        operand == String.class
            ? SqlTypeName.VARCHAR
            : operand == BigDecimal.class ? SqlTypeName.DECIMAL : SqlTypeName.INTEGER);
  }
}
