package io.millrace.query.sql.jdbc;

import io.millrace.query.sql.SqlAnswer;
import io.millrace.query.sql.SqlTable;
import java.sql.DatabaseMetaData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/**
 * What tools ask for to show what there is: every view is a table, of no catalog and no schema. The
 * columns are those of {@link DatabaseMetaData}, in its order.
 */
final class JdbcMetadata {
  private static final String TABLE = "TABLE";
  private static final int RADIX = 10;

  private static final List<SqlAnswer.Column> COLUMNS =
      List.of(
          text("TABLE_CAT"),
          text("TABLE_SCHEM"),
          text("TABLE_NAME"),
          text("COLUMN_NAME"),
          number("DATA_TYPE"),
          text("TYPE_NAME"),
          number("COLUMN_SIZE"),
          number("BUFFER_LENGTH"),
          number("DECIMAL_DIGITS"),
          number("NUM_PREC_RADIX"),
          number("NULLABLE"),
          text("REMARKS"),
          text("COLUMN_DEF"),
          number("SQL_DATA_TYPE"),
          number("SQL_DATETIME_SUB"),
          number("CHAR_OCTET_LENGTH"),
          number("ORDINAL_POSITION"),
          text("IS_NULLABLE"),
          text("SCOPE_CATALOG"),
          text("SCOPE_SCHEMA"),
          text("SCOPE_TABLE"),
          number("SOURCE_DATA_TYPE"),
          text("IS_AUTOINCREMENT"),
          text("IS_GENERATEDCOLUMN"));

  private static final List<SqlAnswer.Column> TYPE_INFO =
      List.of(
          text("TYPE_NAME"),
          number("DATA_TYPE"),
          number("PRECISION"),
          text("LITERAL_PREFIX"),
          text("LITERAL_SUFFIX"),
          text("CREATE_PARAMS"),
          number("NULLABLE"),
          truth("CASE_SENSITIVE"),
          number("SEARCHABLE"),
          truth("UNSIGNED_ATTRIBUTE"),
          truth("FIXED_PREC_SCALE"),
          truth("AUTO_INCREMENT"),
          text("LOCAL_TYPE_NAME"),
          number("MINIMUM_SCALE"),
          number("MAXIMUM_SCALE"),
          number("SQL_DATA_TYPE"),
          number("SQL_DATETIME_SUB"),
          number("NUM_PREC_RADIX"));

  private JdbcMetadata() {}

  static SqlAnswer catalogs() {
    return answer(columns("TABLE_CAT"), List.of());
  }

  static SqlAnswer schemas() {
    return answer(columns("TABLE_SCHEM", "TABLE_CATALOG"), List.of());
  }

  static SqlAnswer tableTypes() {
    return answer(columns("TABLE_TYPE"), List.of(row(TABLE)));
  }

  static SqlAnswer tables(Service.TablesRequest asked, List<SqlTable> tables) {
    var pattern = new NamePattern(asked.tableNamePattern);
    boolean areWanted = asked.typeList == null || asked.typeList.contains(TABLE);
    List<List<Object>> rows = new ArrayList<>();
    for (SqlTable table : tables) {
      if (areWanted && isOfNoSchema(asked.schemaPattern) && pattern.matches(table.name())) {
        rows.add(row(null, null, table.name(), TABLE, "", null, null, null, null, null));
      }
    }
    return answer(
        columns(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "TABLE_TYPE",
            "REMARKS",
            "TYPE_CAT",
            "TYPE_SCHEM",
            "TYPE_NAME",
            "SELF_REFERENCING_COL_NAME",
            "REF_GENERATION"),
        rows);
  }

  static SqlAnswer columns(Service.ColumnsRequest asked, List<SqlTable> tables) {
    var tablePattern = new NamePattern(asked.tableNamePattern);
    var columnPattern = new NamePattern(asked.columnNamePattern);
    List<List<Object>> rows = new ArrayList<>();
    for (SqlTable table : tables) {
      if (isOfNoSchema(asked.schemaPattern) && tablePattern.matches(table.name())) {
        for (int i = 0; i < table.columns().size(); i++) {
          if (columnPattern.matches(table.columns().get(i).name())) {
            rows.add(column(table.name(), i + 1, table.columns().get(i)));
          }
        }
      }
    }
    return answer(COLUMNS, rows);
  }

  private static List<Object> column(String table, int position, SqlAnswer.Column column) {
    JdbcType type = JdbcType.of(column);
    return row(
        null,
        null,
        table,
        column.name(),
        type.id(),
        column.type(),
        type.precision(),
        null,
        type.scale(column),
        type.isNumber() ? RADIX : null,
        DatabaseMetaData.columnNullable,
        "",
        null,
        null,
        null,
        type == JdbcType.VARCHAR ? type.precision() : null,
        position,
        "YES",
        null,
        null,
        null,
        null,
        "NO",
        "NO");
  }

  static SqlAnswer typeInfo() {
    List<List<Object>> rows =
        Arrays.stream(JdbcType.values())
            .map(
                type ->
                    row(
                        type.name(),
                        type.id(),
                        type.precision(),
                        type.isNumber() || type == JdbcType.BOOLEAN ? null : "'",
                        type.isNumber() || type == JdbcType.BOOLEAN ? null : "'",
                        null,
                        DatabaseMetaData.typeNullable,
                        true,
                        DatabaseMetaData.typeSearchable,
                        false,
                        false,
                        false,
                        type.name(),
                        0,
                        type == JdbcType.DECIMAL ? type.precision() : 0,
                        null,
                        null,
                        RADIX))
            .toList();
    return answer(TYPE_INFO, rows);
  }

  /** An empty name asks for what has no schema, none for everything. */
  private static boolean isOfNoSchema(@Nullable String pattern) {
    return new NamePattern(pattern).matches("");
  }

  private static SqlAnswer answer(List<SqlAnswer.Column> columns, List<List<Object>> rows) {
    return new SqlAnswer(columns, rows, false, 0, Duration.ZERO);
  }

  private static List<SqlAnswer.Column> columns(String... names) {
    return Arrays.stream(names).map(JdbcMetadata::text).toList();
  }

  private static SqlAnswer.Column text(String name) {
    return new SqlAnswer.Column(name, "VARCHAR");
  }

  private static SqlAnswer.Column number(String name) {
    return new SqlAnswer.Column(name, "INTEGER");
  }

  private static SqlAnswer.Column truth(String name) {
    return new SqlAnswer.Column(name, "BOOLEAN");
  }

  @SuppressWarnings("NullAway") // Rows of answers have nulls.
  private static List<Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }
}
