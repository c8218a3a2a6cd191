package io.millrace.views.sql;

import io.millrace.views.BuiltInViews;
import io.millrace.views.sql.SqlException.Position;
import io.millrace.views.sql.ViewDefinition.Option;
import io.millrace.views.table.ColumnType;
import io.millrace.views.table.TableColumn;
import io.millrace.views.table.TablePlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes the plan of a reference table of the statement that defines it. Safe for any number of
 * threads.
 *
 * <pre>
 *   CREATE TABLE name (column TYPE [PRIMARY KEY], … [, PRIMARY KEY (column, …)])
 *   WITH (topic = '…', format = 'json' | 'avro', …) [;]
 * </pre>
 */
public final class TableCompiler {
  private static final int MOST_CHARACTERS = 64 << 10;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Pattern COLUMN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  private TableCompiler() {}

  /**
   * The plan of a table that was defined before, by a version with other rules perhaps: nothing is
   * asked that a plan can do without.
   *
   * @param statement {@code CREATE TABLE …}
   * @throws SqlException where it is wrong, or asks for what a table cannot be
   */
  public static TablePlan compile(String statement) {
    return new Compilation(new Tokens(statement), false).plan();
  }

  /**
   * The plan of a table that somebody defines, by the rules of now.
   *
   * @param statement {@code CREATE TABLE …}
   * @throws SqlException as {@link #compile} does, and for a name that it cannot have, and more
   *     text than is allowed
   */
  public static TablePlan define(String statement) {
    if (statement.length() > MOST_CHARACTERS) {
      throw new SqlException(
          Position.START,
          "the statement has "
              + statement.length()
              + " characters, more than the "
              + MOST_CHARACTERS
              + " that are allowed");
    }
    return new Compilation(new Tokens(statement), true).plan();
  }

  /** The work on one table. */
  private static final class Compilation {
    private final Tokens tokens;
    private final boolean isNew;
    private final List<TableColumn> columns = new ArrayList<>();
    private final List<String> key = new ArrayList<>();

    Compilation(Tokens tokens, boolean isNew) {
      this.tokens = tokens;
      this.isNew = isNew;
    }

    TablePlan plan() {
      tokens.require("CREATE");
      Position start = tokens.position();
      if (tokens.skip("OR")) {
        throw new SqlException(
            start, "a table is not replaced; drop it, and the views that read it, and define anew");
      }
      tokens.require("TABLE");
      Position position = tokens.position();
      String name = tokens.name();
      if (isNew) {
        requireFree(name, position);
      }
      columns();
      Position optionsPosition = tokens.position();
      tokens.require("WITH");
      Map<String, Option> written = ViewDefinitionParser.options(tokens);
      if (!tokens.isAtEnd()) {
        throw tokens.unexpected("expected the end of the statement");
      }
      if (key.isEmpty()) {
        throw new SqlException(
            position,
            "a table has a key; add PRIMARY KEY (…) with the columns of the record's key");
      }
      var options = new TableOptions(written, optionsPosition);
      return options.checked(
          position,
          () ->
              new TablePlan(
                  name,
                  columns,
                  key,
                  options.topic(),
                  options.keyFormat(key.size()),
                  options.format()));
    }

    private static void requireFree(String name, Position position) {
      if (!NAME.matcher(name).matches()) {
        throw new SqlException(
            position, "a name of a table is a lower-case letter and up to 62 of a-z, 0-9 and _");
      }
      boolean isReserved =
          Arrays.stream(SourceTable.values()).anyMatch(table -> table.label().equals(name))
              || BuiltInViews.all().stream().anyMatch(view -> view.name().equals(name));
      if (isReserved) {
        throw new SqlException(
            position, name + " is there already, in every installation; choose another name");
      }
    }

    private void columns() {
      tokens.require("(");
      do {
        Position position = tokens.position();
        if (tokens.skip("PRIMARY")) {
          tokens.require("KEY");
          keyOfSeveral(position);
        } else {
          column(position);
        }
      } while (tokens.skip(","));
      tokens.require(")");
    }

    private void column(Position position) {
      String name = tokens.name();
      if (!COLUMN.matcher(name).matches()) {
        throw new SqlException(
            position, "a name of a column is a letter and up to 62 letters, digits and _");
      }
      if (columns.stream().anyMatch(column -> column.name().equalsIgnoreCase(name))) {
        throw new SqlException(position, "the column " + name + " is there twice");
      }
      if (columns.size() == TablePlan.MOST_COLUMNS) {
        throw new SqlException(position, "more than " + TablePlan.MOST_COLUMNS + " columns");
      }
      columns.add(new TableColumn(name, type()));
      Position after = tokens.position();
      if (tokens.skip("PRIMARY")) {
        tokens.require("KEY");
        requireOneKey(after);
        key.add(name);
      }
    }

    private void keyOfSeveral(Position position) {
      requireOneKey(position);
      tokens.require("(");
      do {
        Position at = tokens.position();
        String name = tokens.name();
        if (columns.stream().noneMatch(column -> column.name().equals(name))) {
          throw new SqlException(at, "the key names no column from before it: " + name);
        }
        if (key.contains(name)) {
          throw new SqlException(at, "the key has the column " + name + " twice");
        }
        key.add(name);
      } while (tokens.skip(","));
      tokens.require(")");
    }

    private void requireOneKey(Position position) {
      if (!key.isEmpty()) {
        throw new SqlException(
            position, "there is a key already; several columns are PRIMARY KEY (one, other)");
      }
    }

    private ColumnType type() {
      Position position = tokens.position();
      String written = tokens.name().toUpperCase(Locale.ROOT);
      if (written.equals("DECIMAL") || written.equals("NUMERIC")) {
        return decimal(position);
      }
      for (ColumnType.Kind kind : ColumnType.Kind.values()) {
        if (kind.name().equals(written)) {
          return ColumnType.of(kind);
        }
      }
      throw new SqlException(
          position,
          "there is no type "
              + written
              + " for columns; there are VARCHAR, BIGINT, DOUBLE, DECIMAL(digits, decimals),"
              + " BOOLEAN and TIMESTAMP");
    }

    private ColumnType decimal(Position position) {
      tokens.require("(");
      int digits = tokens.number();
      int decimals = tokens.skip(",") ? tokens.number() : 0;
      tokens.require(")");
      try {
        return ColumnType.decimal(digits, decimals);
      } catch (IllegalArgumentException refused) {
        throw new SqlException(position, String.valueOf(refused.getMessage()), refused);
      }
    }
  }
}
