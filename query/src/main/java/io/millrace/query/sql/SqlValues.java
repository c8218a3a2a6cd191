package io.millrace.query.sql;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** What Calcite computes with as what answers have: times as text in UTC, sketches as values. */
final class SqlValues {
  private static final long NANOS_OF_MILLI = 1_000_000L;

  private SqlValues() {}

  /** The name of a type in answers. */
  static String typeName(RelDataType type) {
    return ViewTypes.sketchKind(type).isPresent() ? "SKETCH" : type.getSqlTypeName().getName();
  }

  /** How many decimals a decimal number has; 0 for any other type. */
  static int decimals(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL ? Math.max(0, type.getScale()) : 0;
  }

  static @Nullable Object external(@Nullable Object value, RelDataType type) {
    if (value == null) {
      return null;
    }
    return switch (type.getSqlTypeName()) {
      case DATE -> date(value);
      case TIME -> time(value);
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> timestamp(value);
      case ARRAY, MULTISET -> list(value, type.getComponentType());
      case MAP -> map(value, type);
      case ROW -> row(value, type);
      default -> plain(value);
    };
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Sketch sketch -> sketch.value();
      case Number number -> number;
      case Boolean truth -> truth;
      case Character character -> character.toString();
      default -> value.toString();
    };
  }

  private static Object date(Object value) {
    return value instanceof Number days ? LocalDate.ofEpochDay(days.longValue()).toString() : value;
  }

  private static Object time(Object value) {
    return value instanceof Number millis
        ? LocalTime.ofNanoOfDay(millis.longValue() * NANOS_OF_MILLI).toString()
        : value;
  }

  private static Object timestamp(Object value) {
    return switch (value) {
      case Number millis -> Instant.ofEpochMilli(millis.longValue()).toString();
      case Timestamp timestamp -> timestamp.toInstant().toString();
      default -> value.toString();
    };
  }

  private static Object list(Object value, @Nullable RelDataType type) {
    List<@Nullable Object> list = new ArrayList<>();
    for (Object element : elements(value)) {
      list.add(type == null ? plain(element) : external(element, type));
    }
    return list;
  }

  private static Object row(Object value, RelDataType type) {
    List<@Nullable Object> list = new ArrayList<>();
    List<?> elements = elements(value);
    List<RelDataTypeField> fields = type.getFieldList();
    for (int i = 0; i < elements.size(); i++) {
      list.add(external(elements.get(i), fields.get(i).getType()));
    }
    return list;
  }

  private static Object map(Object value, RelDataType type) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    RelDataType valueType = type.getValueType();
    if (value instanceof Map<?, ?> entries && valueType != null) {
      entries.forEach((key, entry) -> map.put(String.valueOf(key), external(entry, valueType)));
    }
    return map;
  }

  private static List<?> elements(Object value) {
    return switch (value) {
      case Object[] array -> Arrays.asList(array);
      case List<?> list -> list;
      default -> List.of(value);
    };
  }
}
