package io.millrace.query.sql;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.schema.impl.AggregateFunctionImpl;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.validate.SqlUserDefinedAggFunction;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.util.Optionality;

/** MERGE and VALUE_OF of each kind of sketch, as Calcite calls them. */
final class SketchFunctions {
  private static final SqlReturnTypeInference VALUE =
      binding -> SqlOperators.merged(binding.getOperandType(0), binding.getTypeFactory());

  private static final Map<SketchKind, SqlAggFunction> MERGES = new EnumMap<>(SketchKind.class);

  static {
    for (SketchKind kind : SketchKind.values()) {
      MERGES.put(kind, mergeOf(kind.merge()));
    }
  }

  private SketchFunctions() {}

  /** MERGE of a kind of sketch. */
  static SqlAggFunction merge(SketchKind kind) {
    return Objects.requireNonNull(MERGES.get(kind));
  }

  static boolean isMerge(SqlAggFunction function) {
    return MERGES.containsValue(function);
  }

  /** VALUE_OF a kind of sketch that says something else than itself. */
  static SqlFunction valueOf(SketchKind kind) {
    return switch (kind) {
      case DISTINCT -> scalar("ofDistinct");
      case AVERAGE -> scalar("ofAverage");
      case QUANTILES -> scalar("ofQuantiles");
      case TOP -> throw new IllegalArgumentException("kind: a list of texts is no value");
    };
  }

  private static SqlAggFunction mergeOf(Class<?> functions) {
    return new SqlUserDefinedAggFunction(
        new SqlIdentifier("MERGE", SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        VALUE,
        null,
        null,
        Objects.requireNonNull(AggregateFunctionImpl.create(functions)),
        false,
        false,
        Optionality.FORBIDDEN);
  }

  private static SqlFunction scalar(String method) {
    return new SqlUserDefinedFunction(
        new SqlIdentifier("VALUE_OF", SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        VALUE,
        null,
        null,
        Objects.requireNonNull(ScalarFunctionImpl.create(SketchMerge.SketchValue.class, method)));
  }
}
