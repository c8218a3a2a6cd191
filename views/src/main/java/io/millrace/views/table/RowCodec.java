package io.millrace.views.table;

import io.millrace.model.codec.MalformedBytesException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Makes rows of the records of a table's topic. Safe for any number of threads. */
final class RowCodec {
  /** What is looked up for every event has no room for documents. */
  static final int MOST_BYTES = 64 << 10;

  private final TablePlan plan;
  private final int[] keyPlaces;
  private final RowReader keys;
  private final RowReader values;

  RowCodec(TablePlan plan) {
    this.plan = plan;
    List<TableColumn> columns = plan.columns();
    keyPlaces =
        plan.key().stream()
            .mapToInt(name -> columns.stream().map(TableColumn::name).toList().indexOf(name))
            .toArray();
    keys =
        switch (plan.keyFormat()) {
          case TEXT -> new TextKeyReader(columns.get(keyPlaces[0]), keyPlaces[0]);
          case JSON -> new JsonRowReader(columns, plan::isInKey);
        };
    values =
        switch (plan.format()) {
          case TableFormat.Json() -> new JsonRowReader(columns, column -> !plan.isInKey(column));
          case TableFormat.Avro(var schema) ->
              new AvroRowReader(schema, columns, column -> !plan.isInKey(column));
        };
  }

  /** A row that has only its key. */
  @Nullable Object[] keyOf(byte @Nullable [] key) {
    if (key == null) {
      throw new MalformedBytesException("the record has no key");
    }
    if (key.length > MOST_BYTES) {
      throw new MalformedBytesException("a key of " + key.length + " bytes");
    }
    var row = new @Nullable Object[plan.columns().size()];
    keys.read(key, row);
    for (int place : keyPlaces) {
      if (row[place] == null) {
        throw new MalformedBytesException(
            plan.columns().get(place).name() + ": missing in the record's key");
      }
    }
    return row;
  }

  /** Completes a row by the value of the record. */
  void complete(@Nullable Object[] row, byte[] value) {
    if (value.length > MOST_BYTES) {
      throw new MalformedBytesException("a value of " + value.length + " bytes");
    }
    values.read(value, row);
  }

  /** By what a row is looked up: the value of the one column, or the list of several. */
  Object lookupKey(@Nullable Object[] row) {
    return key(i -> row[keyPlaces[i]], keyPlaces.length);
  }

  /** The same, of values in the order of the key's columns. */
  static Object key(IntFunction<@Nullable Object> values, int size) {
    if (size == 1) {
      return Objects.requireNonNull(values.apply(0));
    }
    var key = new ArrayList<Object>(size);
    for (int i = 0; i < size; i++) {
      key.add(Objects.requireNonNull(values.apply(i)));
    }
    return key;
  }
}
