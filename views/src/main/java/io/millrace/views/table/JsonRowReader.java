package io.millrace.views.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.model.codec.MalformedBytesException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads columns from the fields of the same names of a JSON object. */
final class JsonRowReader implements RowReader {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, Integer> places = new HashMap<>();
  private final List<TableColumn> columns;

  JsonRowReader(List<TableColumn> columns, Predicate<TableColumn> isRead) {
    this.columns = columns;
    for (int i = 0; i < columns.size(); i++) {
      if (isRead.test(columns.get(i))) {
        places.put(columns.get(i).name(), i);
      }
    }
  }

  @Override
  public void read(byte[] bytes, @Nullable Object[] row) {
    try (JsonParser parser = JSON.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedBytesException("not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        Integer place = places.get(parser.currentName());
        parser.nextToken();
        if (place == null) {
          parser.skipChildren();
        } else {
          row[place] = value(parser, columns.get(place));
        }
      }
      if (parser.nextToken() != null) {
        throw new MalformedBytesException("something follows the JSON object");
      }
    } catch (IOException | NumberFormatException _) {
      // The latter for exponents beyond what an int can hold.
      throw new MalformedBytesException("not JSON");
    }
  }

  private static @Nullable Object value(JsonParser parser, TableColumn column) throws IOException {
    Object read =
        switch (parser.currentToken()) {
          case VALUE_NULL -> null;
          case VALUE_STRING -> parser.getText();
          case VALUE_TRUE -> true;
          case VALUE_FALSE -> false;
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
          case null, default ->
              throw new MalformedBytesException(column.name() + ": not a single value");
        };
    return read == null ? null : Conversion.of(column, read);
  }

  private static Object number(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
        ? (Object) parser.getLongValue()
        : new BigDecimal(parser.getText());
  }
}
