package io.millrace.query.sql;

import io.millrace.views.ViewCatalog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** The views as tables. */
final class ViewSchema extends AbstractSchema {
  private final Map<String, Table> tables = new LinkedHashMap<>();

  ViewSchema(ViewCatalog catalog) {
    catalog
        .tables()
        .forEach(table -> tables.put(table.plan().name(), new ReferenceTableSource(table)));
    catalog.views().forEach(view -> tables.put(view.name(), new ViewTable(view)));
    Stream.concat(catalog.views().stream(), catalog.successors().stream())
        .forEach(view -> tables.put(view.cells(), new ViewTable(view)));
    catalog.unready().forEach((name, reason) -> tables.put(name, new UnreadyTable(reason)));
  }

  @Override
  protected Map<String, Table> getTableMap() {
    return tables;
  }
}
