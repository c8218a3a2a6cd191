package io.millrace.query.sql;

import io.millrace.views.ViewPlan;
import io.millrace.views.sql.language.SqlTypeFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataTypeField;

/** A view as whoever asks in SQL sees it. */
public record SqlTable(String name, List<SqlAnswer.Column> columns) {

  public SqlTable {
    columns = List.copyOf(columns);
  }

  static SqlTable of(ViewPlan plan) {
    List<SqlAnswer.Column> columns = new ArrayList<>();
    for (RelDataTypeField field : ViewTypes.row(plan, new SqlTypeFactory()).getFieldList()) {
      columns.add(SqlSignature.column(field.getName(), field.getType()));
    }
    return new SqlTable(plan.name(), columns);
  }
}
