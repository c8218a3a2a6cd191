package io.millrace.query.sql;

import io.millrace.views.KeptView;
import io.millrace.views.ViewPlan;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/** A view as a table of one query. */
final class ViewTable extends AbstractTable implements TranslatableTable {
  private final KeptView view;
  private final ScanReader reader;

  ViewTable(KeptView view, ScanReader reader) {
    this.view = view;
    this.reader = reader;
  }

  ViewPlan plan() {
    return view.plan();
  }

  ScanRows rows(ScanRequest request) {
    return new ScanRows(() -> reader.read(request));
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    return ViewTypes.row(view.plan(), types);
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    return new ViewScan(context.getCluster(), table, ScanRequest.everything(view));
  }
}
