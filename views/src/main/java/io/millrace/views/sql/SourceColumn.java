package io.millrace.views.sql;

import io.millrace.views.Fact;
import io.millrace.views.Field;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A column of what views are computed from.
 *
 * @param field the field that it is; empty for one that is no field, such as a time
 * @param reading its value as compiled expressions take it: a text, a long, a map
 */
record SourceColumn(
    String name,
    SqlTypeName type,
    Optional<Field> field,
    Function<Fact, @Nullable Object> reading) {

  static SourceColumn of(Field field) {
    return field.isNumeric()
        ? new SourceColumn(
            field.label(),
            SqlTypeName.BIGINT,
            Optional.of(field),
            fact -> field.amount(fact).orElse(0))
        : new SourceColumn(field.label(), SqlTypeName.VARCHAR, Optional.of(field), field::text);
  }
}
