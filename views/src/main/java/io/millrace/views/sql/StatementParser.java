package io.millrace.views.sql;

import io.millrace.views.table.TablePlan;
import java.util.Optional;
import java.util.Set;

/**
 * Tells statements apart, and reads those that are ours. What begins otherwise is a query, which
 * Calcite reads; nothing of Calcite is loaded here.
 *
 * <pre>
 *   CREATE [OR REPLACE] MATERIALIZED VIEW [IF NOT EXISTS] name [WITH (…)] AS query
 *   CREATE TABLE name (column TYPE, …, PRIMARY KEY (…)) WITH (topic = …, format = …)
 *   DROP TABLE [IF EXISTS] name
 *   ALTER MATERIALIZED VIEW name SWAP
 *   DROP MATERIALIZED VIEW [IF EXISTS] name
 *   SHOW VIEWS | TABLES | FUNCTIONS | CREATE VIEW name | DIFFERENCES OF name
 *   DESCRIBE name
 *   EXPLAIN VIEW name | CREATE … | query
 * </pre>
 */
public final class StatementParser {
  private static final Set<String> WRITERS = Set.of("INSERT", "UPDATE", "DELETE", "TRUNCATE");

  private final Tokens tokens;
  private final String text;

  private StatementParser(String text) {
    this.text = text;
    tokens = new Tokens(text);
  }

  /**
   * What a text asks for.
   *
   * @throws SqlException for a statement of ours that is wrong
   */
  public static Statement parse(String text) {
    return new StatementParser(text).statement();
  }

  private Statement statement() {
    for (String writer : WRITERS) {
      if (tokens.is(writer)) {
        throw tokens.unexpected(
            "events come in through the collector and views are the only writers; expected SELECT,"
                + " CREATE, ALTER, DROP, SHOW, DESCRIBE or EXPLAIN");
      }
    }
    if (tokens.is("CREATE")) {
      return isOfTable() ? createTable() : create();
    }
    if (tokens.skip("ALTER")) {
      return swap();
    }
    if (tokens.skip("DROP")) {
      return tokens.skip("TABLE") ? dropTable() : drop();
    }
    if (tokens.skip("SHOW")) {
      return show();
    }
    if (tokens.skip("DESCRIBE") || tokens.skip("DESC")) {
      var position = tokens.position();
      String name = viewName();
      tokens.requireEnd();
      return new Statement.Describe(name, position);
    }
    if (tokens.skip("EXPLAIN")) {
      return explain();
    }
    return new Statement.Query(text, false);
  }

  private boolean isOfTable() {
    var ahead = new Tokens(text);
    ahead.require("CREATE");
    if (ahead.skip("OR")) {
      ahead.require("REPLACE");
    }
    return ahead.is("TABLE");
  }

  private Statement createTable() {
    TablePlan plan = TableCompiler.define(text);
    tokens.require("CREATE");
    tokens.require("TABLE");
    return new Statement.CreateTable(plan, text, tokens.position());
  }

  private Statement dropTable() {
    boolean ifExists = tokens.skip("IF");
    if (ifExists) {
      tokens.require("EXISTS");
    }
    var position = tokens.position();
    String name = tokens.name();
    tokens.requireEnd();
    return new Statement.DropTable(name, ifExists, position);
  }

  private Statement.CreateView create() {
    ViewDefinition definition = ViewDefinitionParser.parse(text);
    var options = new ViewOptions(definition.options());
    return new Statement.CreateView(
        definition.name(),
        definition.replaces(),
        definition.onlyIfAbsent(),
        options.start(),
        options.swap(),
        text,
        definition.position());
  }

  private Statement swap() {
    requireView();
    var position = tokens.position();
    String name = viewName();
    tokens.require("SWAP");
    tokens.requireEnd();
    return new Statement.SwapView(name, position);
  }

  private Statement drop() {
    requireView();
    boolean ifExists = tokens.skip("IF");
    if (ifExists) {
      tokens.require("EXISTS");
    }
    var position = tokens.position();
    String name = viewName();
    tokens.requireEnd();
    return new Statement.DropView(name, ifExists, position);
  }

  private Statement show() {
    Statement shown = shown();
    tokens.requireEnd();
    return shown;
  }

  private Statement shown() {
    if (tokens.skip("VIEWS")) {
      return new Statement.ShowViews();
    }
    if (tokens.skip("MATERIALIZED")) {
      tokens.require("VIEWS");
      return new Statement.ShowViews();
    }
    if (tokens.skip("TABLES")) {
      return new Statement.ShowTables();
    }
    if (tokens.skip("FUNCTIONS")) {
      return new Statement.ShowFunctions();
    }
    if (tokens.skip("CREATE")) {
      requireView();
      var position = tokens.position();
      return new Statement.ShowCreate(viewName(), position);
    }
    if (tokens.skip("DIFFERENCES")) {
      tokens.require("OF");
      var position = tokens.position();
      return new Statement.ShowDifferences(viewName(), position);
    }
    throw tokens.unexpected(
        "expected VIEWS, TABLES, FUNCTIONS, CREATE VIEW name or DIFFERENCES OF name");
  }

  private Statement explain() {
    var position = tokens.position();
    if (tokens.is("CREATE")) {
      Statement.CreateView created = new StatementParser(tokens.rest()).create();
      return new Statement.ExplainView(Optional.empty(), Optional.of(created), position);
    }
    if (tokens.is("MATERIALIZED") || tokens.is("VIEW")) {
      requireView();
      position = tokens.position();
      String name = viewName();
      tokens.requireEnd();
      return new Statement.ExplainView(Optional.of(name), Optional.empty(), position);
    }
    if (tokens.is("PLAN")) {
      tokens.require("PLAN");
      tokens.require("FOR");
    }
    return new Statement.Query(tokens.rest(), true);
  }

  private void requireView() {
    if (tokens.skip("MATERIALIZED")) {
      tokens.require("VIEW");
    } else if (!tokens.skip("VIEW")) {
      throw tokens.unexpected("expected MATERIALIZED VIEW, or TABLE");
    }
  }

  private String viewName() {
    return tokens.name();
  }
}
