package io.millrace.query.sql;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** A view that is defined and cannot be read: whoever names it is told why. */
final class UnreadyTable extends AbstractTable {
  private final String reason;

  UnreadyTable(String reason) {
    this.reason = reason;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    throw new QueryException(QueryErrorCode.VIEW_NOT_READY, reason);
  }
}
