package io.millrace.query.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;

/**
 * What a query says before it is computed.
 *
 * @param columns of its answer
 * @param parameters what its question marks stand for, by types of SQL
 */
public record SqlSignature(List<SqlAnswer.Column> columns, List<SqlAnswer.Column> parameters) {

  public SqlSignature {
    columns = List.copyOf(columns);
    parameters = List.copyOf(parameters);
  }

  static SqlSignature of(CompiledQuery query) {
    List<SqlAnswer.Column> columns = new ArrayList<>();
    for (int i = 0; i < query.names().size(); i++) {
      columns.add(column(query.names().get(i), query.types().get(i)));
    }
    List<SqlAnswer.Column> parameters = new ArrayList<>();
    for (int i = 0; i < query.parameters().size(); i++) {
      parameters.add(column("?" + (i + 1), query.parameters().get(i)));
    }
    return new SqlSignature(columns, parameters);
  }

  /** Of EXPLAIN. */
  static SqlSignature ofPlan() {
    return new SqlSignature(List.of(new SqlAnswer.Column("plan", "VARCHAR")), List.of());
  }

  static SqlAnswer.Column column(String name, RelDataType type) {
    return new SqlAnswer.Column(name, SqlValues.typeName(type), SqlValues.decimals(type));
  }
}
