package io.millrace.query.sql;

import io.millrace.views.ViewCatalog;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** The views as tables. */
final class ViewSchema extends AbstractSchema {
  private final Map<String, Table> tables = new LinkedHashMap<>();

  ViewSchema(ViewCatalog catalog) {
    catalog.plans().forEach(plan -> tables.put(plan.name(), new ViewTable(plan)));
  }

  @Override
  protected Map<String, Table> getTableMap() {
    return tables;
  }
}
