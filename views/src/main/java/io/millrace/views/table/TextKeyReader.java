package io.millrace.views.table;

import io.millrace.model.codec.MalformedBytesException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes a record's key for the one column of the primary key. */
final class TextKeyReader implements RowReader {
  private final TableColumn column;
  private final int place;

  TextKeyReader(TableColumn column, int place) {
    this.column = column;
    this.place = place;
  }

  @Override
  public void read(byte[] bytes, @Nullable Object[] row) {
    String text = text(bytes);
    row[place] =
        Conversion.of(column, column.type().kind() == ColumnType.Kind.BIGINT ? number(text) : text);
  }

  /** Two keys that are no UTF-8 must not become the same. */
  private String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw new MalformedBytesException(column.name() + ": not UTF-8");
    }
  }

  private Long number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException _) {
      throw new MalformedBytesException(column.name() + ": not a BIGINT");
    }
  }
}
