package io.millrace.views.sql;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Values of compiled expressions as answers have them: times as text in UTC. */
final class RowValues {
  private static final long NANOS_OF_MILLI = 1_000_000L;

  private RowValues() {}

  static String typeName(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case MAP, CHAR -> SqlTypeName.VARCHAR.getName();
      default -> type.getSqlTypeName().getName();
    };
  }

  static @Nullable Object external(@Nullable Object value, RelDataType type) {
    return switch (value) {
      case null -> null;
      case Number number ->
          switch (type.getSqlTypeName()) {
            case TIMESTAMP -> Instant.ofEpochMilli(number.longValue()).toString();
            case DATE -> LocalDate.ofEpochDay(number.longValue()).toString();
            case TIME -> LocalTime.ofNanoOfDay(number.longValue() * NANOS_OF_MILLI).toString();
            default -> number;
          };
      case Boolean truth -> truth;
      default -> value.toString();
    };
  }
}
