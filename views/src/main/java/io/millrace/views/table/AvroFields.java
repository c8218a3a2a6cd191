package io.millrace.views.table;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.MalformedBytesException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a field of an Avro record is read as: a text, a long, a double, a decimal, a boolean or an
 * instant. Bytes that are none of these are passed over.
 *
 * <p>Not Avro's own reader: fields of lists and maps are refused, so a record takes as much time
 * and memory as it has bytes, whatever they say.
 */
final class AvroFields {
  private static final Set<ColumnType.Kind> OF_WHOLE =
      Set.of(ColumnType.Kind.BIGINT, ColumnType.Kind.DOUBLE, ColumnType.Kind.DECIMAL);

  private AvroFields() {}

  /**
   * A reader of one field.
   *
   * @throws IllegalArgumentException for a field that has parts
   */
  static Function<ByteReader, @Nullable Object> reader(Schema schema, String name) {
    return switch (schema.getType()) {
      case NULL -> in -> null;
      case BOOLEAN -> ByteReader::readBoolean;
      case INT -> in -> (long) in.readInt();
      case LONG -> longReader(schema.getLogicalType());
      case FLOAT -> in -> (double) Float.intBitsToFloat(littleEndian(in));
      case DOUBLE -> in -> Double.longBitsToDouble(Long.reverseBytes(in.readFixedLong()));
      case STRING -> ByteReader::readString;
      case ENUM -> enumReader(schema.getEnumSymbols());
      case BYTES -> decimalReader(schema, ByteReader::readBytes);
      case FIXED -> decimalReader(schema, in -> in.readRaw(schema.getFixedSize()));
      case UNION ->
          unionReader(schema.getTypes().stream().map(type -> reader(type, name)).toList());
      case RECORD, ARRAY, MAP ->
          throw new IllegalArgumentException(
              "schema: the field " + name + " has parts; the fields of a table are single values");
    };
  }

  private static int littleEndian(ByteReader in) {
    int value = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      value |= (in.readByte() & 0xFF) << shift;
    }
    return value;
  }

  private static Function<ByteReader, @Nullable Object> longReader(@Nullable LogicalType logical) {
    return switch (logical) {
      case LogicalTypes.TimestampMillis _ -> in -> Instant.ofEpochMilli(in.readLong());
      case LogicalTypes.TimestampMicros _ ->
          in -> Instant.ofEpochMilli(Math.floorDiv(in.readLong(), 1_000L));
      case null, default -> ByteReader::readLong;
    };
  }

  private static Function<ByteReader, @Nullable Object> enumReader(List<String> symbols) {
    return in -> symbols.get(index(in, symbols.size()));
  }

  private static Function<ByteReader, @Nullable Object> unionReader(
      List<Function<ByteReader, @Nullable Object>> branches) {
    return in -> branches.get(index(in, branches.size())).apply(in);
  }

  private static int index(ByteReader in, int size) {
    int index = in.readInt();
    if (index < 0 || index >= size) {
      throw new MalformedBytesException("no branch or symbol has the number " + index);
    }
    return index;
  }

  private static Function<ByteReader, @Nullable Object> decimalReader(
      Schema schema, Function<ByteReader, byte[]> bytes) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return in -> decimal(bytes.apply(in), decimal.getScale());
    }
    return in -> {
      var _ = bytes.apply(in);
      return null;
    };
  }

  private static BigDecimal decimal(byte[] unscaled, int scale) {
    // As long as no number is that anyone writes, and short enough to compute with.
    if (unscaled.length == 0 || unscaled.length > 64) {
      throw new MalformedBytesException("a decimal of " + unscaled.length + " bytes");
    }
    return new BigDecimal(new BigInteger(unscaled), scale);
  }

  /** Whether a field can have values of a column. */
  static boolean fits(ColumnType.Kind kind, Schema schema) {
    boolean isDecimal = schema.getLogicalType() instanceof LogicalTypes.Decimal;
    boolean isTime =
        schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
            || schema.getLogicalType() instanceof LogicalTypes.TimestampMicros;
    return switch (schema.getType()) {
      case NULL -> true;
      case STRING, ENUM -> kind == ColumnType.Kind.VARCHAR;
      case BOOLEAN -> kind == ColumnType.Kind.BOOLEAN;
      case FLOAT, DOUBLE -> kind == ColumnType.Kind.DOUBLE;
      case INT -> OF_WHOLE.contains(kind);
      case LONG -> isTime ? kind == ColumnType.Kind.TIMESTAMP : OF_WHOLE.contains(kind);
      case BYTES, FIXED -> isDecimal && kind == ColumnType.Kind.DECIMAL;
      case UNION -> schema.getTypes().stream().allMatch(branch -> fits(kind, branch));
      case RECORD, ARRAY, MAP -> false;
    };
  }
}
