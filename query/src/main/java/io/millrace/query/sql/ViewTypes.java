package io.millrace.query.sql;

import io.millrace.views.Aggregate;
import io.millrace.views.ReadColumn;
import io.millrace.views.ViewPlan;
import io.millrace.views.sql.language.SqlTypes;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/** The SQL types of the columns of views. */
final class ViewTypes {
  private static final int MILLISECONDS = 3;

  private ViewTypes() {}

  static RelDataType row(ViewPlan plan, RelDataTypeFactory types) {
    List<ViewColumn> columns = ViewColumn.of(plan);
    return types.createStructType(
        columns.stream().map(column -> type(column, types)).toList(),
        columns.stream().map(column -> ViewColumn.name(plan, column)).toList());
  }

  private static RelDataType type(ViewColumn column, RelDataTypeFactory types) {
    return switch (column) {
      case ViewColumn.OfSite() -> types.createSqlType(SqlTypeName.VARCHAR);
      case ViewColumn.OfWindowStart() -> types.createSqlType(SqlTypeName.TIMESTAMP, MILLISECONDS);
      case ViewColumn.OfWindowEnd() -> types.createSqlType(SqlTypeName.TIMESTAMP, MILLISECONDS);
      case ViewColumn.OfDimension _ -> types.createSqlType(SqlTypeName.VARCHAR);
      case ViewColumn.OfAggregate(int _, Aggregate aggregate) -> type(aggregate, types);
      case ViewColumn.OfComputed(ReadColumn.Computed computed) ->
          types.createTypeWithNullability(type(computed, types), true);
    };
  }

  private static RelDataType type(Aggregate aggregate, RelDataTypeFactory types) {
    return switch (aggregate) {
      case Aggregate.Count _ -> types.createSqlType(SqlTypeName.BIGINT);
      case Aggregate.SumOf _ -> number(aggregate, types);
      case Aggregate.MinOf _ -> types.createTypeWithNullability(number(aggregate, types), true);
      case Aggregate.MaxOf _ -> types.createTypeWithNullability(number(aggregate, types), true);
      case Aggregate.AvgOf _ -> sketch(SketchKind.AVERAGE, types);
      case Aggregate.DistinctOf _ -> sketch(SketchKind.DISTINCT, types);
      case Aggregate.QuantileOf _ -> sketch(SketchKind.QUANTILES, types);
      case Aggregate.TopOf _ -> sketch(SketchKind.TOP, types);
    };
  }

  private static RelDataType type(ReadColumn.Computed computed, RelDataTypeFactory types) {
    return computed.decimals().isPresent()
        ? number(computed.decimals().getAsInt(), types)
        : types.createSqlType(SqlTypeName.DOUBLE);
  }

  private static RelDataType number(Aggregate aggregate, RelDataTypeFactory types) {
    return number(aggregate.decimals(), types);
  }

  private static RelDataType number(int decimals, RelDataTypeFactory types) {
    return decimals == 0
        ? types.createSqlType(SqlTypeName.BIGINT)
        : types.createSqlType(SqlTypeName.DECIMAL, SqlTypes.MOST_DIGITS, decimals);
  }

  private static RelDataType sketch(SketchKind kind, RelDataTypeFactory types) {
    return types.createTypeWithNullability(types.createJavaType(kind.type()), false);
  }

  /** The kind of sketch that a type stands for; empty for any other. */
  static Optional<SketchKind> sketchKind(RelDataType type) {
    return type instanceof RelDataTypeFactoryImpl.JavaType java
        ? SketchKind.of(java.getJavaClass())
        : Optional.empty();
  }
}
