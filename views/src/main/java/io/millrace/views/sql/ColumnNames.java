package io.millrace.views.sql;

import io.millrace.views.sql.SqlException.Position;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of the columns of a view, which are names in answers and parameters of questions. */
final class ColumnNames {
  private static final Pattern USABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  /** What a question or an answer has by these names already. */
  private static final Set<String> TAKEN =
      Set.of("from", "to", "grain", "top", "order", "limit", "offset", "format", "time", "final");

  private ColumnNames() {}

  /**
   * Refuses names that nobody could ask for.
   *
   * @throws SqlException for the first of them
   */
  static void requireUsable(List<String> names, List<Position> positions) {
    var seen = new HashSet<String>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String lower = name.toLowerCase(Locale.ROOT);
      // A column without a name has its own message, and its place.
      if (name.startsWith("EXPR$")) {
        continue;
      }
      if (!USABLE.matcher(name).matches()) {
        throw refused(
            name,
            "is not a letter and up to 62 of letters, digits and underscore",
            positions.get(i));
      }
      if (TAKEN.contains(lower)) {
        throw refused(
            name,
            "means something else in questions and answers; choose another: … AS name",
            positions.get(i));
      }
      if (!seen.add(lower)) {
        throw refused(name, "is there twice; choose another: … AS name", positions.get(i));
      }
    }
  }

  private static SqlException refused(String name, String reason, Position position) {
    return new SqlException(position, "the column name " + Tokens.shortened(name) + " " + reason);
  }
}
