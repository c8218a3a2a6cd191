package io.millrace.views.table;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.MalformedBytesException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * Reads columns from the fields of the same names of an Avro record in single-object encoding: two
 * marker bytes, the CRC-64-AVRO fingerprint of the schema, then the record.
 */
final class AvroRowReader implements RowReader {
  private static final byte MARKER_0 = (byte) 0xC3;
  private static final byte MARKER_1 = 0x01;
  private static final int NOT_READ = -1;

  private final List<TableColumn> columns;
  private final long fingerprint;
  private final List<Field> fields = new ArrayList<>();

  /**
   * A field of the record, in their order.
   *
   * @param place that of its column, or {@link #NOT_READ}
   */
  private record Field(int place, Function<ByteReader, @Nullable Object> reader) {}

  /**
   * A reader of records with a schema.
   *
   * @throws IllegalArgumentException where the schema does not have the columns
   */
  AvroRowReader(Schema schema, List<TableColumn> columns, Predicate<TableColumn> isRead) {
    this.columns = columns;
    if (schema.getType() != Schema.Type.RECORD) {
      throw new IllegalArgumentException("schema: expected a record");
    }
    for (TableColumn column : columns) {
      if (isRead.test(column)) {
        requireField(schema, column);
      }
    }
    for (Schema.Field field : schema.getFields()) {
      fields.add(
          new Field(place(field.name(), isRead), AvroFields.reader(field.schema(), field.name())));
    }
    fingerprint = Long.reverseBytes(SchemaNormalization.parsingFingerprint64(schema));
  }

  private static void requireField(Schema schema, TableColumn column) {
    Schema.Field field = schema.getField(column.name());
    if (field == null) {
      throw new IllegalArgumentException("schema: there is no field " + column.name());
    }
    if (!AvroFields.fits(column.type().kind(), field.schema())) {
      throw new IllegalArgumentException(
          "schema: the field " + column.name() + " cannot be read as " + column.type());
    }
  }

  private int place(String name, Predicate<TableColumn> isRead) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name) && isRead.test(columns.get(i))) {
        return i;
      }
    }
    return NOT_READ;
  }

  @Override
  public void read(byte[] bytes, @Nullable Object[] row) {
    var in = new ByteReader(bytes);
    if (in.readByte() != MARKER_0 || in.readByte() != MARKER_1) {
      throw new MalformedBytesException("not an Avro single object");
    }
    if (in.readFixedLong() != fingerprint) {
      throw new MalformedBytesException("written with another schema");
    }
    for (Field field : fields) {
      Object read = field.reader().apply(in);
      if (read != null && field.place() != NOT_READ) {
        row[field.place()] = Conversion.of(columns.get(field.place()), read);
      }
    }
    if (in.remaining() > 0) {
      throw new MalformedBytesException("something follows the record");
    }
  }
}
