package io.millrace.views.sql.language;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/**
 * What standard SQL has, and neither views nor queries. It tells of the server or its user, changes
 * what is stored, or makes much of little: patterns that take for ever, texts and lists that grow.
 */
final class LeftOut {
  private static final Set<String> NAMES =
      Set.of(
          "USER",
          "CURRENT_USER",
          "SESSION_USER",
          "SYSTEM_USER",
          "CURRENT_PATH",
          "CURRENT_ROLE",
          "CURRENT_CATALOG",
          "CURRENT_SCHEMA",
          "NEXT VALUE",
          "CURRENT VALUE",
          "NEXT_VALUE",
          "CURRENT_VALUE",
          "$THROW",
          "NEW",
          "CURSOR",
          "TABLESAMPLE",
          "SIMILAR TO",
          "NOT SIMILAR TO",
          "POSIX REGEX CASE SENSITIVE",
          "POSIX REGEX CASE INSENSITIVE",
          "NEGATED POSIX REGEX CASE SENSITIVE",
          "NEGATED POSIX REGEX CASE INSENSITIVE",
          "REPLACE",
          "OVERLAY",
          "CONVERT",
          "TRANSLATE",
          "COLLECT",
          "FUSION",
          "INTERSECTION",
          "LISTAGG",
          "TYPEOF",
          "VARIANTNULL");

  /** The functions of JSON that are read by {@link JsonValues}. */
  private static final Set<String> JSON = Set.of("JSON_VALUE", "JSON_QUERY", "JSON_EXISTS");

  private LeftOut() {}

  static boolean contains(SqlOperator operator) {
    if (operator instanceof SqlUserDefinedFunction) {
      return false;
    }
    String name = operator.getName().toUpperCase(Locale.ROOT);
    return NAMES.contains(name)
        || (name.startsWith("JSON_") && !JSON.contains(name))
        || name.startsWith("IS JSON")
        || name.startsWith("IS NOT JSON");
  }
}
