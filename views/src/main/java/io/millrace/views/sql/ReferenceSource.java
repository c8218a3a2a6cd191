package io.millrace.views.sql;

import io.millrace.views.table.ColumnType;
import io.millrace.views.table.ReferenceTable;
import io.millrace.views.table.TableColumn;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;

/** A reference table as the query of a view sees it. */
final class ReferenceSource extends AbstractTable {
  private static final int MILLISECONDS = 3;

  private final ReferenceTable table;

  ReferenceSource(ReferenceTable table) {
    this.table = table;
  }

  ReferenceTable table() {
    return table;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    var row = types.builder();
    for (TableColumn column : table.plan().columns()) {
      row.add(
          column.name(),
          types.createTypeWithNullability(
              type(column.type(), types), !table.plan().isInKey(column)));
    }
    return row.build();
  }

  private static RelDataType type(ColumnType type, RelDataTypeFactory types) {
    return switch (type.kind()) {
      case VARCHAR -> types.createSqlType(SqlTypeName.VARCHAR);
      case BIGINT -> types.createSqlType(SqlTypeName.BIGINT);
      case DOUBLE -> types.createSqlType(SqlTypeName.DOUBLE);
      case DECIMAL -> types.createSqlType(SqlTypeName.DECIMAL, type.digits(), type.decimals());
      case BOOLEAN -> types.createSqlType(SqlTypeName.BOOLEAN);
      case TIMESTAMP -> types.createSqlType(SqlTypeName.TIMESTAMP, MILLISECONDS);
    };
  }
}
