package io.millrace.testing.fuzz;

import io.millrace.model.SiteId;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.SiteDirectory;
import io.millrace.query.access.Caller;
import io.millrace.query.answer.CsvAnswerWriter;
import io.millrace.query.answer.FixedProgress;
import io.millrace.query.answer.JsonAnswerWriter;
import io.millrace.query.answer.QueryString;
import io.millrace.query.answer.QuestionParser;
import io.millrace.query.answer.ViewAnswer;
import io.millrace.query.answer.ViewReader;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.sql.QueryStop;
import io.millrace.query.sql.SqlLimits;
import io.millrace.query.sql.SqlQueries;
import io.millrace.query.sql.jdbc.JdbcMessages;
import io.millrace.query.sql.jdbc.JdbcTurns;
import io.millrace.query.sql.push.PushStatement;
import io.millrace.views.BuiltInViews;
import io.millrace.views.CellReader;
import io.millrace.views.ClickPosition;
import io.millrace.views.KeptSince;
import io.millrace.views.PartialTable;
import io.millrace.views.ViewCatalog;
import io.millrace.views.sql.SqlException;
import io.millrace.views.sql.Statement;
import io.millrace.views.sql.StatementParser;
import io.millrace.views.sql.TableCompiler;
import io.millrace.views.sql.ViewCompiler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** What is asked: statements, queries, requests of drivers, parameters of addresses. */
final class SqlTargets {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final SqlLimits LIMITS =
      new SqlLimits(1_000, 100_000, 20_000, 2L << 20, Duration.ofSeconds(20));
  private static final int MOST_ROWS = 100;

  private static final String VIEW =
      """
      CREATE MATERIALIZED VIEW mine AS
      SELECT site, window_start, window_end, LOWER(path) AS p, COUNT(*) AS n,
        SUM(CAST(properties['price'] AS DECIMAL(9, 2))) FILTER (WHERE type = 'track') AS total
      FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))
      WHERE path LIKE '/a%' AND NOT country IN ('GB', 'DE')
      GROUP BY site, window_start, window_end, LOWER(path) HAVING COUNT(*) > 1""";

  private static final String[] WORDS = {
    "SELECT ",
    " FROM ",
    " WHERE ",
    " GROUP BY ",
    " ORDER BY ",
    " LIMIT ",
    " UNION ALL ",
    " JOIN ",
    " CAST(",
    " AS ",
    "CASE WHEN ",
    " OVER (",
    "EMIT CHANGES",
    "MERGE(",
    "VALUE_OF(",
    "EXPLAIN ",
    "INTERVAL '1' MINUTE",
    "DATE '2026-01-01'",
    "TIMESTAMP '",
    "'",
    "\"",
    "--",
    "/*",
    "((((((((",
    "9223372036854775807",
    "1e308",
    "U&'\\D800'",
    "REPEAT('a', 99999)",
    " IS NOT NULL",
    "CREATE ",
    "properties['",
    "?",
    "LATERAL",
    "EXISTS (",
    "{fn ",
    "ROW(",
    "ARRAY[",
    "MULTISET",
    "VALUES ",
    "RANK()",
    "LISTAGG(",
    "GROUPING SETS (",
    "TABLE(",
    "JSON_VALUE(",
    "POWER(10, 400)",
    "/0"
  };

  private SqlTargets() {}

  static List<FuzzTarget> all() {
    var questions = new Questions();
    return List.of(
        FuzzTarget.ofText(
                "statement",
                SqlTargets::statement,
                VIEW,
                "CREATE TABLE t (a VARCHAR PRIMARY KEY, b DECIMAL(9, 2)) WITH (topic = 't',"
                    + " format = 'json')",
                "CREATE MATERIALIZED VIEW v WITH (\"grains\" = 'hour') AS SELECT site, COUNT(*) AS n"
                    + " FROM clicks GROUP BY site",
                "EXPLAIN " + VIEW,
                "DROP VIEW IF EXISTS mine;",
                "SHOW CREATE VIEW pages",
                "SELECT path, events FROM pages EMIT CHANGES LIMIT 5")
            .withWords(WORDS)
            .withRounds(400),
        FuzzTarget.ofText(
                "query",
                new Queries()::query,
                "SELECT path, SUM(events) AS n, MERGE(visitors) FROM pages WHERE site = ? AND"
                    + " window_start >= TIMESTAMP '2026-03-01 00:00:00' GROUP BY path ORDER BY n DESC"
                    + " LIMIT 5\u0000shop.example",
                "WITH t AS (SELECT country, events FROM countries) SELECT a.country, CASE WHEN"
                    + " a.events > 3 THEN 'x' ELSE UPPER(a.country) END FROM t a JOIN t b ON"
                    + " a.country = b.country",
                "SELECT window_end, VALUE_OF(visitors), RANK() OVER (ORDER BY events) FROM traffic",
                "VALUES (1, 'a', DATE '2026-01-01'), (2, NULL, CURRENT_DATE)")
            .withWords(WORDS)
            .withRounds(150),
        FuzzTarget.of("jdbc", new Drivers()::request, Drivers.seeds())
            .withWords(
                "\"request\":\"",
                "\"maxRowCount\":",
                "\"connectionId\":\"c\"",
                "org.apache.calcite.avatica.proto.Requests$PrepareAndExecuteRequest")
            .withRounds(300),
        FuzzTarget.ofText(
                "question",
                questions::question,
                "pages?site=shop.example&from=-24h&to=2026-03-01T12:00:00Z&grain=hour&top=5"
                    + "&order=-events&limit=10&offset=2&path=/a&format=csv",
                "books?limit=3",
                "sessions?site=shop.example&from=1772366340000")
            .withWords(
                "&from=", "&to=", "&grain=", "&order=", "%", "&limit=2147483648", "-999999w"),
        FuzzTarget.ofText("position", SqlTargets::position, "17.0.4711", "0"));
  }

  private static void statement(String text) {
    try {
      switch (StatementParser.parse(text)) {
        case Statement.CreateView created -> ViewCompiler.compile(text);
        case Statement.CreateTable created -> TableCompiler.define(text);
        case Statement other -> Require.that(other.toString() != null, "is shown");
      }
    } catch (SqlException refused) {
      Require.that(refused.position().line() > 0, "a place");
    }
    try {
      PushStatement.of(text);
    } catch (QueryException refused) {
      told(refused);
    }
  }

  private static void position(String text) {
    ClickPosition.parse(text)
        .ifPresent(position -> Require.same(text, position.toString(), "the place written again"));
  }

  /** A failure of which somebody is told what is wrong; a bug would be told as such. */
  private static void told(QueryException refused) {
    Require.that(refused.code() != QueryErrorCode.INTERNAL, "internal: " + refused.getMessage());
    Require.that(
        refused.getMessage() != null && refused.getMessage().length() < 2_000, "a short message");
  }

  /** Cells of a few clicks in every view. */
  private static final class FewCells implements CellReader {
    private final PartialTable table = CellTargets.table(BuiltInViews.all());

    @Override
    public synchronized void scan(
        String view,
        Grain grain,
        String site,
        long from,
        long to,
        BiConsumer<CellKey, Cell> receiver) {
      table.forEach(
          (plan, bytes, groupHash, partial) -> {
            if (plan.name().equals(view) && plan.grains().contains(grain)) {
              CellKey key = CellKey.parse(CellKey.inGrain(bytes.toBytes(), grain));
              if (key.site().equals(site) && key.windowStart() >= from && key.windowStart() < to) {
                Cell cell = plan.emptyCell();
                cell.merge(partial);
                receiver.accept(key, cell);
              }
            }
          });
    }

    @Override
    public KeptSince keptSince(String view, String site) {
      return KeptSince.EVERYTHING;
    }
  }

  private static SqlQueries queries() {
    return new SqlQueries(
        ViewCatalog::builtIn, new FewCells(), () -> List.of("shop.example"), () -> NOW, LIMITS);
  }

  private static final class Queries {
    private final SqlQueries queries = queries();

    /** After each zero byte comes a parameter. */
    void query(String text) {
      List<String> parts = List.of(text.split("\u0000", 8));
      List<Object> parameters = new ArrayList<>();
      for (String part : parts.subList(1, parts.size())) {
        parameters.add(part.matches("-?\\d{1,18}") ? (Object) Long.valueOf(part) : part);
      }
      try {
        queries.answer(parts.getFirst(), parameters, MOST_ROWS, new QueryStop());
      } catch (QueryException refused) {
        told(refused);
      }
    }
  }

  private static final class Drivers {
    private final JdbcMessages messages =
        new JdbcMessages(
            queries(),
            new JdbcTurns() {
              @Override
              public <T> T take(Caller caller, Supplier<T> query) {
                return query.get();
              }
            },
            scanned -> {},
            () -> NOW);

    static byte[][] seeds() {
      return List.of(
              "{\"request\":\"openConnection\",\"connectionId\":\"c\",\"info\":{}}",
              "{\"request\":\"createStatement\",\"connectionId\":\"c\"}",
              "{\"request\":\"prepareAndExecute\",\"connectionId\":\"c\",\"statementId\":0,"
                  + "\"sql\":\"SELECT path FROM pages\",\"maxRowCount\":10}",
              "{\"request\":\"prepare\",\"connectionId\":\"c\",\"sql\":\"SELECT ? FROM pages\"}",
              "{\"request\":\"execute\",\"statementHandle\":{\"connectionId\":\"c\",\"id\":0,"
                  + "\"signature\":null},\"parameterValues\":[{\"type\":\"STRING\",\"value\":\"x\"}],"
                  + "\"maxRowCount\":10}",
              "{\"request\":\"fetch\",\"connectionId\":\"c\",\"statementId\":0,\"offset\":0,"
                  + "\"fetchMaxRowCount\":10}",
              "{\"request\":\"getTables\",\"connectionId\":\"c\",\"catalog\":null,"
                  + "\"schemaPattern\":\"%\",\"tableNamePattern\":\"p_%\",\"typeList\":[\"VIEW\"]}",
              "{\"request\":\"getColumns\",\"connectionId\":\"c\",\"catalog\":\"\","
                  + "\"schemaPattern\":null,\"tableNamePattern\":\"pages\","
                  + "\"columnNamePattern\":\"%\"}",
              "{\"request\":\"syncResults\",\"connectionId\":\"c\",\"statementId\":0,\"offset\":0,"
                  + "\"state\":{\"type\":\"SQL\",\"sql\":\"VALUES 1\"}}",
              "{\"request\":\"connectionSync\",\"connectionId\":\"c\",\"connProps\":{\"connProps\":"
                  + "\"connPropsImpl\",\"autoCommit\":true,\"readOnly\":null}}")
          .stream()
          .map(FuzzTarget::utf8)
          .toArray(byte[][]::new);
    }

    void request(byte[] bytes) {
      messages.reply(bytes, Caller.ANYONE, Drivers::inWords);
    }

    private static QueryException inWords(RuntimeException failure) {
      if (failure instanceof QueryException refused) {
        told(refused);
        return refused;
      }
      throw failure;
    }
  }

  private static final class Questions {
    private final QuestionParser parser;
    private final ViewReader reader =
        new ViewReader(
            new FewCells(),
            new FixedProgress(NOW, Duration.ofDays(1)),
            100_000,
            20_000,
            Duration.ofSeconds(20));

    Questions() {
      var sites = new SiteDirectory();
      sites.apply(new ControlCommand.RegisterSite(new SiteId("shop.example"), "Shop"));
      parser = new QuestionParser(ViewCatalog::builtIn, sites, 1_000, 100);
    }

    void question(String text) {
      int mark = text.indexOf('?');
      String view = mark < 0 ? text : text.substring(0, mark);
      try {
        ViewAnswer answer =
            reader.answer(
                parser.parse(
                    view, QueryString.parse(mark < 0 ? "" : text.substring(mark + 1)), NOW));
        Require.that(JsonAnswerWriter.write(answer).length > 0, "an answer");
        Require.that(CsvAnswerWriter.write(answer).length > 0, "an answer");
      } catch (QueryException refused) {
        told(refused);
      }
    }
  }
}
