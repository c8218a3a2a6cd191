package io.millrace.views.sql;

import io.millrace.model.Outcome;
import io.millrace.views.Fact;
import io.millrace.views.Field;
import io.millrace.views.Filter;
import io.millrace.views.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;

/** What the query of a view can be about. */
enum SourceTable {
  /** Events that count. */
  CLICKS("events that count", Source.CLICKS, new Filter.HasOutcome(Outcome.COUNTED)),
  /** Events that do not count, with the reason. */
  REJECTED(
      "events that do not count, with the reason",
      Source.CLICKS,
      new Filter.Not(new Filter.HasOutcome(Outcome.COUNTED))),
  /** All events of the log, each with its outcome. */
  EVENTS("all events, each with its outcome", Source.CLICKS, new Filter.Everything()),
  /** Visits, in the windows that they began in. */
  SESSIONS("visits, in the windows that they began in", Source.SESSIONS, new Filter.Everything());

  /** When a fact happened; of a session, when it began. */
  static final String TIME = "event_time";

  static final String PROPERTIES = "properties";

  private static final int MILLISECONDS = 3;

  private final String about;
  private final Source source;
  private final Filter filter;
  private final List<SourceColumn> columns;

  SourceTable(String about, Source source, Filter filter) {
    this.about = about;
    this.source = source;
    this.filter = filter;
    columns = columns(source);
  }

  private static List<SourceColumn> columns(Source source) {
    var columns = new ArrayList<SourceColumn>();
    columns.add(new SourceColumn(TIME, SqlTypeName.TIMESTAMP, Optional.empty(), Fact::time));
    Arrays.stream(Field.values())
        .filter(field -> field.isOf(source) && !isHidden(field))
        .map(SourceColumn::of)
        .forEach(columns::add);
    if (source == Source.CLICKS) {
      columns.add(
          new SourceColumn(
              PROPERTIES, SqlTypeName.MAP, Optional.empty(), SourceTable::noneByItself));
    }
    return List.copyOf(columns);
  }

  /** A query that asks for all of them is refused before. */
  private static Object noneByItself(Fact fact) {
    throw new IllegalStateException("properties are read one by one");
  }

  /** What is known only where partials are packed, and what is for the books alone. */
  private static boolean isHidden(Field field) {
    return field == Field.ROLLUP_PARTITION || field == Field.OFFSET_THROUGH;
  }

  /** In a few words. */
  String about() {
    return about;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  Source source() {
    return source;
  }

  /** Which facts of the source are rows of the table. */
  Filter filter() {
    return filter;
  }

  List<SourceColumn> columns() {
    return columns;
  }

  /** As Calcite sees it. */
  AbstractTable toCalcite() {
    return new AbstractTable() {
      @Override
      public RelDataType getRowType(RelDataTypeFactory types) {
        var row = types.builder();
        columns.forEach(column -> row.add(column.name(), type(column, types)));
        return row.build();
      }
    };
  }

  private static RelDataType type(SourceColumn column, RelDataTypeFactory types) {
    return switch (column.type()) {
      case TIMESTAMP -> types.createSqlType(SqlTypeName.TIMESTAMP, MILLISECONDS);
      case MAP -> {
        RelDataType text = types.createSqlType(SqlTypeName.VARCHAR);
        yield types.createMapType(text, types.createTypeWithNullability(text, true));
      }
      default -> types.createSqlType(column.type());
    };
  }
}
