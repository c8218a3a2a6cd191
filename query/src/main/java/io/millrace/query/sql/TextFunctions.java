package io.millrace.query.sql;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/** Puts {@link BoundedText} in the place of what Calcite has for the same. */
final class TextFunctions {
  private static final SqlFunction CONCAT =
      function("concat", 2, ReturnTypes.DYADIC_STRING_SUM_PRECISION_NULLABLE);
  private static final SqlFunction LIKE = function("like", 2, ReturnTypes.BOOLEAN_NULLABLE);
  private static final SqlFunction LIKE_ESCAPE = function("like", 3, ReturnTypes.BOOLEAN_NULLABLE);
  private static final SqlFunction ILIKE = function("ilike", 2, ReturnTypes.BOOLEAN_NULLABLE);
  private static final SqlFunction ILIKE_ESCAPE =
      function("ilike", 3, ReturnTypes.BOOLEAN_NULLABLE);

  private TextFunctions() {}

  /** The call, or what takes its place. */
  static RexNode bounded(RexCall call, RexBuilder expressions) {
    List<RexNode> operands = call.getOperands();
    if (call.getOperator().equals(SqlStdOperatorTable.CONCAT)
        && SqlTypeUtil.inCharFamily(call.getType())) {
      return expressions.makeCall(call.getType(), CONCAT, operands);
    }
    if (call.getOperator() instanceof SqlLikeOperator like && like.getKind() == SqlKind.LIKE) {
      RexNode match = expressions.makeCall(call.getType(), like(like, operands.size()), operands);
      return like.isNegated() ? expressions.makeCall(SqlStdOperatorTable.NOT, match) : match;
    }
    return call;
  }

  private static SqlFunction like(SqlLikeOperator like, int operands) {
    if (like.isCaseSensitive()) {
      return operands == 2 ? LIKE : LIKE_ESCAPE;
    }
    return operands == 2 ? ILIKE : ILIKE_ESCAPE;
  }

  private static SqlFunction function(
      String method, int operands, SqlReturnTypeInference returnType) {
    Class<?>[] texts = Stream.generate(() -> String.class).limit(operands).toArray(Class<?>[]::new);
    return new SqlUserDefinedFunction(
        new SqlIdentifier(method.toUpperCase(java.util.Locale.ROOT), SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        returnType,
        null,
        null,
        Objects.requireNonNull(
            ScalarFunctionImpl.create(Types.lookupMethod(BoundedText.class, method, texts))));
  }
}
