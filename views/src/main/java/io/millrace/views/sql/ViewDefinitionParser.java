package io.millrace.views.sql;

import io.millrace.views.sql.ViewDefinition.Option;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads what comes before the query of a view.
 *
 * <pre>
 *   CREATE [OR REPLACE] MATERIALIZED VIEW [IF NOT EXISTS] name [WITH (option = 'value', …)] AS query [;]
 * </pre>
 */
final class ViewDefinitionParser {
  private ViewDefinitionParser() {}

  static ViewDefinition parse(String statement) {
    var tokens = new Tokens(statement);
    tokens.require("CREATE");
    boolean replaces = tokens.skip("OR");
    if (replaces) {
      tokens.require("REPLACE");
    }
    tokens.require("MATERIALIZED");
    tokens.require("VIEW");
    boolean onlyIfAbsent = tokens.skip("IF");
    if (onlyIfAbsent) {
      tokens.require("NOT");
      tokens.require("EXISTS");
    }
    var position = tokens.position();
    String name = tokens.name();
    Map<String, Option> options = tokens.skip("WITH") ? options(tokens) : Map.of();
    tokens.require("AS");
    return new ViewDefinition(
        name, replaces, onlyIfAbsent, options, withoutEnd(tokens.rest()), position);
  }

  /** What follows {@code WITH}. */
  static Map<String, Option> options(Tokens tokens) {
    var options = new HashMap<String, Option>();
    tokens.require("(");
    do {
      var position = tokens.position();
      String name = tokens.name();
      tokens.require("=");
      if (options.put(name, new Option(tokens.quoted(), position)) != null) {
        throw new SqlException(position, "the option " + name + " is there twice");
      }
    } while (tokens.skip(","));
    tokens.require(")");
    return options;
  }

  private static String withoutEnd(String query) {
    String stripped = query.stripTrailing();
    return stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1) : stripped;
  }
}
