package io.millrace.views.sql.language;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Puts {@link OwnFunctions} in the place of what Calcite has for the same, and refuses what would
 * make much of little.
 */
public final class BoundedFunctions {
  private static final int MOST_PLACES = SqlTypes.MOST_DIGITS;

  /** What JSON_QUERY and JSON_EXISTS do where nothing else is said. */
  private static final Set<String> USUAL_BEHAVIOURS = Set.of("WITHOUT_ARRAY", "NULL", "FALSE");

  private BoundedFunctions() {}

  /**
   * The call, or what takes its place.
   *
   * @throws UncomputableException for what is not supported, or could not have a value
   */
  public static RexNode bounded(RexCall call, RexBuilder expressions) {
    requireKnown(call.getOperator());
    if (call.getOperator() instanceof SqlLikeOperator like && like.getKind() == SqlKind.LIKE) {
      return match(call, like, expressions);
    }
    return switch (call.getOperator().getName()) {
      case "||" -> concatenation(call, expressions);
      case "CONCAT" ->
          call.getOperator().equals(OwnFunctions.CONCAT) ? call : all(call, expressions);
      case "JSON_VALUE", "JSON_QUERY", "JSON_EXISTS" -> ofJson(call, expressions);
      case "ROUND", "TRUNCATE" -> requireFewPlaces(call);
      case "CAST", "SAFE_CAST", "TRY_CAST" -> cast(call, expressions);
      case "*", "/" -> product(call, expressions);
      case "MULTISET UNION", "MULTISET UNION ALL" ->
          throw UncomputableException.malformed(call.getOperator().getName() + " is not supported");
      case "ARRAY", "MULTISET", "MAP" -> requireFlat(call);
      default -> call;
    };
  }

  /**
   * Refuses what is left out. Most of it is not found in the first place, but some the parser takes
   * without a look at what there is.
   *
   * @throws UncomputableException for an operator that is left out
   */
  public static void requireKnown(SqlOperator operator) {
    if (LeftOut.contains(operator)) {
      throw UncomputableException.malformed(operator.getName() + " is not supported");
    }
  }

  /** Whether it reads the JSON that is its first operand. */
  public static boolean isOfJson(SqlOperator operator) {
    return operator.equals(OwnFunctions.JSON_VALUE)
        || operator.equals(OwnFunctions.JSON_QUERY)
        || operator.equals(OwnFunctions.JSON_EXISTS);
  }

  private static RexNode match(RexCall call, SqlLikeOperator like, RexBuilder expressions) {
    List<RexNode> operands = call.getOperands();
    RexNode match = expressions.makeCall(call.getType(), like(like, operands.size()), operands);
    return like.isNegated() ? expressions.makeCall(SqlStdOperatorTable.NOT, match) : match;
  }

  private static SqlFunction like(SqlLikeOperator like, int operands) {
    if (like.isCaseSensitive()) {
      return operands == 2 ? OwnFunctions.LIKE : OwnFunctions.LIKE_ESCAPE;
    }
    return operands == 2 ? OwnFunctions.ILIKE : OwnFunctions.ILIKE_ESCAPE;
  }

  /** Lists and bytes could double with each step of a query. */
  private static RexNode concatenation(RexCall call, RexBuilder expressions) {
    if (!SqlTypeUtil.inCharFamily(call.getType())) {
      throw UncomputableException.malformed("|| is for texts alone");
    }
    return expressions.makeCall(call.getType(), OwnFunctions.CONCAT, call.getOperands());
  }

  /** A list of lists of lists is as large as two to the power of its depth. */
  private static RexNode requireFlat(RexCall call) {
    for (RexNode operand : call.getOperands()) {
      RelDataType component = operand.getType().getComponentType();
      if ((component != null && component.getComponentType() != null)
          || operand.getType().getKeyType() != null) {
        throw UncomputableException.malformed(
            call.getOperator().getName() + " of lists of lists is not supported");
      }
    }
    return call;
  }

  /**
   * The cast of a text to a number with the text looked at first. Any other call as it is.
   *
   * <p>Also for what Calcite computes before a query is planned: the casts of literals.
   */
  static RexNode cast(RexCall call, RexBuilder expressions) {
    if (!isOfNumber(call) || isNumberText(call.getOperands().getFirst())) {
      return call;
    }
    RexNode text = call.getOperands().getFirst();
    boolean isSafe = call.getKind() == SqlKind.SAFE_CAST;
    SqlFunction function = isSafe ? OwnFunctions.NUMBER_TEXT_OR_NULL : OwnFunctions.NUMBER_TEXT;
    RelDataType type =
        isSafe
            ? expressions.getTypeFactory().createTypeWithNullability(text.getType(), true)
            : text.getType();
    List<RexNode> operands = new ArrayList<>(call.getOperands());
    operands.set(0, expressions.makeCall(type, function, List.of(text)));
    return call.clone(call.getType(), operands);
  }

  private static boolean isOfNumber(RexCall call) {
    return (call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST)
        && SqlTypeUtil.isNumeric(call.getType())
        && SqlTypeUtil.inCharFamily(call.getOperands().getFirst().getType());
  }

  private static boolean isNumberText(RexNode operand) {
    return operand instanceof RexCall call
        && (call.getOperator().equals(OwnFunctions.NUMBER_TEXT)
            || call.getOperator().equals(OwnFunctions.NUMBER_TEXT_OR_NULL));
  }

  /** What a cast is of, as it was written. */
  public static RexNode castOperand(RexCall cast) {
    RexNode operand = cast.getOperands().getFirst();
    return isNumberText(operand) ? ((RexCall) operand).getOperands().getFirst() : operand;
  }

  /** Numbers that are squared with each step of a query would soon have no end of digits. */
  private static RexNode product(RexCall call, RexBuilder expressions) {
    return call.getType().getSqlTypeName() == SqlTypeName.DECIMAL
        ? expressions.makeCall(call.getType(), OwnFunctions.NUMBER_RESULT, List.of(call))
        : call;
  }

  /** CONCAT of any number of texts. */
  private static RexNode all(RexCall call, RexBuilder expressions) {
    if (!call.getOperator().equals(SqlLibraryOperators.CONCAT_FUNCTION)) {
      return call;
    }
    RexNode whole = call.getOperands().getFirst();
    for (RexNode next : call.getOperands().subList(1, call.getOperands().size())) {
      whole = expressions.makeCall(call.getType(), OwnFunctions.CONCAT, List.of(whole, next));
    }
    return whole;
  }

  private static RexNode ofJson(RexCall call, RexBuilder expressions) {
    SqlFunction own =
        switch (call.getOperator().getName()) {
          case "JSON_VALUE" -> OwnFunctions.JSON_VALUE;
          case "JSON_QUERY" -> OwnFunctions.JSON_QUERY;
          default -> OwnFunctions.JSON_EXISTS;
        };
    if (call.getOperator().equals(own)) {
      return call;
    }
    List<RexNode> operands = call.getOperands();
    boolean isUsual =
        operands.stream()
            .skip(2)
            .allMatch(
                operand ->
                    operand instanceof RexLiteral literal
                        && literal.getValue() instanceof Enum<?> behaviour
                        && USUAL_BEHAVIOURS.contains(behaviour.name()));
    if (!isUsual) {
      throw UncomputableException.malformed(
          own.getName()
              + " gives NULL where there is no such value; WRAPPER, ON EMPTY and ON ERROR are not"
              + " supported, use COALESCE");
    }
    if (operands.get(1) instanceof RexLiteral path && path.getValueAs(String.class) != null) {
      JsonPath.of(path.getValueAs(String.class));
    }
    RexNode value = expressions.makeCall(own, operands.subList(0, 2));
    return call.getType().getSqlTypeName() == value.getType().getSqlTypeName()
        ? expressions.makeCall(call.getType(), own, operands.subList(0, 2))
        : cast((RexCall) expressions.makeAbstractCast(call.getType(), value, true), expressions);
  }

  /** A number with a milliard of digits would fill the memory. */
  private static RexNode requireFewPlaces(RexCall call) {
    if (call.getOperands().size() == 2) {
      boolean isFew =
          call.getOperands().get(1) instanceof RexLiteral literal
              && literal.getValue() instanceof BigDecimal places
              && places.abs().compareTo(BigDecimal.valueOf(MOST_PLACES)) <= 0;
      if (!isFew) {
        throw UncomputableException.malformed(
            call.getOperator().getName()
                + ": the number of places is written out and at most "
                + MOST_PLACES);
      }
    }
    return call;
  }
}
