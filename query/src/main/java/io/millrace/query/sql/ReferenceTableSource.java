package io.millrace.query.sql;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.views.table.ReferenceTable;
import io.millrace.views.table.TableColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** A reference table as a table of one query: all of its rows, as they are when they are read. */
final class ReferenceTableSource extends AbstractTable implements TranslatableTable {
  private static final int MILLISECONDS = 3;

  private final ReferenceTable table;

  ReferenceTableSource(ReferenceTable table) {
    this.table = table;
  }

  List<Object> read(Watch watch) {
    var rows = new ArrayList<Object>();
    for (@Nullable Object[] row : table.rows()) {
      watch.cell();
      watch.hold(1);
      watch.holdTexts(row);
      // Of a table with one column, its key, the value itself is the row.
      rows.add(row.length == 1 && row[0] != null ? row[0] : row);
    }
    return rows;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    if (!table.isSettled()) {
      throw new QueryException(
          QueryErrorCode.VIEW_NOT_READY,
          "the reference table " + table.plan().name() + " is being read; try again in a moment");
    }
    var row = types.builder();
    for (TableColumn column : table.plan().columns()) {
      row.add(
          column.name(),
          types.createTypeWithNullability(type(column, types), !table.plan().isInKey(column)));
    }
    return row.build();
  }

  private static RelDataType type(TableColumn column, RelDataTypeFactory types) {
    return switch (column.type().kind()) {
      case VARCHAR -> types.createSqlType(SqlTypeName.VARCHAR);
      case BIGINT -> types.createSqlType(SqlTypeName.BIGINT);
      case DOUBLE -> types.createSqlType(SqlTypeName.DOUBLE);
      case DECIMAL ->
          types.createSqlType(
              SqlTypeName.DECIMAL, column.type().digits(), column.type().decimals());
      case BOOLEAN -> types.createSqlType(SqlTypeName.BOOLEAN);
      case TIMESTAMP -> types.createSqlType(SqlTypeName.TIMESTAMP, MILLISECONDS);
    };
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable relTable) {
    return new ReferenceTableScan(context.getCluster(), relTable);
  }
}
