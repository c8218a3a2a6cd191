package io.millrace.query.sql;

import io.millrace.views.ViewCatalog;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** The views as tables of one query. */
final class ViewSchema extends AbstractSchema {
  private final Map<String, Table> tables = new LinkedHashMap<>();

  ViewSchema(ViewCatalog catalog, ScanReader reader) {
    catalog.plans().forEach(plan -> tables.put(plan.name(), new ViewTable(plan, reader)));
  }

  @Override
  protected Map<String, Table> getTableMap() {
    return tables;
  }
}
