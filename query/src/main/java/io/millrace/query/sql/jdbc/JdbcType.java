package io.millrace.query.sql.jdbc;

import io.millrace.query.sql.SqlAnswer;
import io.millrace.query.sql.SqlAnswerWriter;
import java.math.BigDecimal;
import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.jspecify.annotations.Nullable;

/**
 * The types of answers as JDBC has them. What JDBC has no type for, such as sketches and maps, is a
 * text in JSON. Times are those of UTC, whatever the time zone of the reader.
 */
enum JdbcType {
  BOOLEAN(Types.BOOLEAN, Rep.BOOLEAN, Boolean.class, 1),
  TINYINT(Types.TINYINT, Rep.NUMBER, Byte.class, 3),
  SMALLINT(Types.SMALLINT, Rep.NUMBER, Short.class, 5),
  INTEGER(Types.INTEGER, Rep.NUMBER, Integer.class, 10),
  BIGINT(Types.BIGINT, Rep.NUMBER, Long.class, 19),
  DECIMAL(Types.DECIMAL, Rep.NUMBER, BigDecimal.class, 38),
  REAL(Types.REAL, Rep.NUMBER, Float.class, 7),
  FLOAT(Types.FLOAT, Rep.NUMBER, Double.class, 15),
  DOUBLE(Types.DOUBLE, Rep.NUMBER, Double.class, 15),
  DATE(Types.DATE, Rep.INTEGER, java.sql.Date.class, 10),
  TIME(Types.TIME, Rep.INTEGER, java.sql.Time.class, 12),
  TIMESTAMP(Types.TIMESTAMP, Rep.LONG, java.sql.Timestamp.class, 23),
  VARCHAR(Types.VARCHAR, Rep.STRING, String.class, 65_536);

  private static final long NANOS_OF_MILLI = 1_000_000L;
  private static final int MILLISECONDS = 3;

  private final int id;
  private final Rep rep;
  private final Class<?> type;
  private final int precision;

  JdbcType(int id, Rep rep, Class<?> type, int precision) {
    this.id = id;
    this.rep = rep;
    this.type = type;
    this.precision = precision;
  }

  static JdbcType of(SqlAnswer.Column column) {
    return Arrays.stream(values())
        .filter(type -> type.name().equals(column.type()))
        .findFirst()
        .orElse(VARCHAR);
  }

  /** As {@link Types} has it. */
  int id() {
    return id;
  }

  int precision() {
    return precision;
  }

  boolean isNumber() {
    return rep == Rep.NUMBER;
  }

  /** How many digits are behind the point, or of a second. */
  int scale(SqlAnswer.Column column) {
    return this == TIMESTAMP ? MILLISECONDS : column.decimals();
  }

  static ColumnMetaData column(int index, SqlAnswer.Column column) {
    JdbcType type = of(column);
    return new ColumnMetaData(
        index,
        false,
        true,
        true,
        false,
        DatabaseMetaData.columnNullable,
        type.isNumber(),
        type.precision,
        column.name(),
        column.name(),
        "",
        type.precision,
        type.scale(column),
        "",
        "",
        ColumnMetaData.scalar(type.id, type.name(), type.rep),
        true,
        false,
        false,
        type.type.getName());
  }

  static AvaticaParameter parameter(SqlAnswer.Column column) {
    JdbcType type = of(column);
    return new AvaticaParameter(
        type.isNumber(),
        type.precision,
        type.scale(column),
        type.id,
        type.name(),
        type.type.getName(),
        column.name());
  }

  static List<ColumnMetaData> columns(List<SqlAnswer.Column> columns) {
    return IntStream.range(0, columns.size()).mapToObj(i -> column(i, columns.get(i))).toList();
  }

  /** A value of an answer as it is sent. */
  @Nullable Object sent(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (this) {
      case TIMESTAMP -> Instant.parse(value.toString()).toEpochMilli();
      case DATE -> Math.toIntExact(LocalDate.parse(value.toString()).toEpochDay());
      case TIME ->
          Math.toIntExact(LocalTime.parse(value.toString()).toNanoOfDay() / NANOS_OF_MILLI);
      case VARCHAR -> value instanceof String text ? text : SqlAnswerWriter.json(value);
      default -> value;
    };
  }
}
