package io.millrace.views.sql.language;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** How wide numbers are, and what sums and averages of them are. */
public final class SqlTypes extends RelDataTypeSystemImpl {
  public static final int MOST_DIGITS = 38;

  public static final SqlTypes SYSTEM = new SqlTypes();

  private SqlTypes() {}

  @Override
  public int getMaxPrecision(SqlTypeName typeName) {
    return typeName == SqlTypeName.DECIMAL ? MOST_DIGITS : super.getMaxPrecision(typeName);
  }

  @Override
  public int getMaxScale(SqlTypeName typeName) {
    return typeName == SqlTypeName.DECIMAL ? MOST_DIGITS : super.getMaxScale(typeName);
  }

  /** Sums of whole numbers are as wide as the counts of views. */
  @Override
  public RelDataType deriveSumType(RelDataTypeFactory types, RelDataType argument) {
    return switch (argument.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER ->
          types.createTypeWithNullability(
              types.createSqlType(SqlTypeName.BIGINT), argument.isNullable());
      case DECIMAL ->
          types.createTypeWithNullability(
              types.createSqlType(SqlTypeName.DECIMAL, MOST_DIGITS, argument.getScale()),
              argument.isNullable());
      default -> argument;
    };
  }

  /** An average of whole numbers is none. */
  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory types, RelDataType argument) {
    return SqlTypeUtil.isNumeric(argument)
        ? types.createTypeWithNullability(
            types.createSqlType(SqlTypeName.DOUBLE), argument.isNullable())
        : argument;
  }

  /** Else CASE … 'a' … 'bbb' would make of the first a text of three characters. */
  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }
}
