package io.millrace.views.table;

import io.millrace.model.codec.MalformedBytesException;

/** Makes a value of a column of what was read, and says of which column it is none. */
final class Conversion {
  private Conversion() {}

  static Object of(TableColumn column, Object read) {
    try {
      return column.type().value(read);
    } catch (MalformedBytesException none) {
      throw new MalformedBytesException(column.name() + ": " + none.getMessage());
    }
  }
}
