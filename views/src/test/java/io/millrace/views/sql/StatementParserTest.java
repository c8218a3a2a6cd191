package io.millrace.views.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.control.ViewStart;
import io.millrace.model.control.ViewSwap;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementParserTest {
  private static final String QUERY = " AS SELECT path, COUNT(*) AS n FROM clicks GROUP BY path";

  @Test
  void whatCalciteReadsStandsWhereItStood() {
    assertThat(StatementParser.parse("SELECT 1")).isEqualTo(new Statement.Query("SELECT 1", false));
    assertThat(StatementParser.parse("-- why\nEXPLAIN\n SELECT 1"))
        .isEqualTo(new Statement.Query("      \n       \n SELECT 1", true));
    assertThat(StatementParser.parse("EXPLAIN PLAN FOR VALUES 1"))
        .isEqualTo(new Statement.Query("                 VALUES 1", true));
  }

  @Test
  void creatingSaysHowAViewBeginsAndReplaces() {
    Statement.CreateView plain = create("CREATE MATERIALIZED VIEW Hits" + QUERY);
    assertThat(plain.name()).isEqualTo("hits");
    assertThat(plain.replaces()).isFalse();
    assertThat(plain.onlyIfAbsent()).isFalse();
    assertThat(plain.start()).isEqualTo(ViewStart.EARLIEST);
    assertThat(plain.swap()).isEqualTo(ViewSwap.WHEN_WHOLE);
    assertThat(plain.position()).isEqualTo(new SqlException.Position(1, 26));

    Statement.CreateView other =
        create(
            "create or replace materialized view if not exists hits"
                + " with (start = 'NOW', swap = 'when told')"
                + QUERY);
    assertThat(other.replaces()).isTrue();
    assertThat(other.onlyIfAbsent()).isTrue();
    assertThat(other.start()).isEqualTo(ViewStart.NOW);
    assertThat(other.swap()).isEqualTo(ViewSwap.WHEN_TOLD);
  }

  private static Statement.CreateView create(String text) {
    return (Statement.CreateView) StatementParser.parse(text);
  }

  @Test
  void statementsAboutViewsNameThem() {
    assertThat(StatementParser.parse("SHOW VIEWS;")).isEqualTo(new Statement.ShowViews());
    assertThat(StatementParser.parse("show materialized views"))
        .isEqualTo(new Statement.ShowViews());
    assertThat(StatementParser.parse("SHOW TABLES")).isEqualTo(new Statement.ShowTables());
    assertThat(StatementParser.parse("SHOW FUNCTIONS")).isEqualTo(new Statement.ShowFunctions());
    assertThat(StatementParser.parse("SHOW CREATE VIEW hits"))
        .isEqualTo(new Statement.ShowCreate("hits", at(18)));
    assertThat(StatementParser.parse("SHOW DIFFERENCES OF hits"))
        .isEqualTo(new Statement.ShowDifferences("hits", at(21)));
    assertThat(StatementParser.parse("DESC \"pages@7\";"))
        .isEqualTo(new Statement.Describe("pages@7", at(6)));
    assertThat(StatementParser.parse("DROP MATERIALIZED VIEW IF EXISTS hits"))
        .isEqualTo(new Statement.DropView("hits", true, at(34)));
    assertThat(StatementParser.parse("ALTER VIEW hits SWAP"))
        .isEqualTo(new Statement.SwapView("hits", at(12)));
    assertThat(StatementParser.parse("EXPLAIN VIEW hits"))
        .isEqualTo(new Statement.ExplainView(Optional.of("hits"), Optional.empty(), at(14)));
  }

  @Test
  void statementsAboutTablesAreTheirs() {
    String text = "create table t (k VARCHAR PRIMARY KEY) with (topic = 'x', format = 'json')";

    assertThat(StatementParser.parse(text))
        .isEqualTo(new Statement.CreateTable(TableCompiler.compile(text), text, at(14)));
    assertThat(StatementParser.parse("DROP TABLE IF EXISTS t;"))
        .isEqualTo(new Statement.DropTable("t", true, at(22)));
    assertThat(StatementParser.parse("DROP TABLE t"))
        .isEqualTo(new Statement.DropTable("t", false, at(12)));
  }

  @Test
  void aViewThatIsExplainedBeforeItIsThereKeepsItsPlaces() {
    var explained =
        (Statement.ExplainView)
            StatementParser.parse("EXPLAIN\nCREATE MATERIALIZED VIEW hits" + QUERY);

    assertThat(explained.created().orElseThrow().position())
        .isEqualTo(new SqlException.Position(2, 26));
  }

  private static SqlException.Position at(int column) {
    return new SqlException.Position(1, column);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SHOW                              | 5  | expected VIEWS
          SHOW VIEWS please                 | 12 | expected the end of the statement, got please
          SHOW CREATE hits                  | 13 | expected MATERIALIZED VIEW
          DROP hits                         | 6  | expected MATERIALIZED VIEW
          DROP VIEW                         | 10 | expected a name
          DROP VIEW IF hits                 | 14 | expected EXISTS
          ALTER VIEW hits RENAME            | 17 | expected SWAP
          DESCRIBE                          | 9  | expected a name
          EXPLAIN VIEW a b                  | 16 | expected the end
          INSERT INTO clicks VALUES (1)     | 1  | views are the only writers
          DROP TABLE                        | 11 | expected a name
          DROP TABLE t now                  | 14 | expected the end
          CREATE TABLE t AS SELECT 1        | 16 | expected (
          CREATE OR REPLACE TABLE t (a VARCHAR) | 8 | a table is not replaced
          CREATE INDEX i                    | 8  | expected MATERIALIZED
          CREATE MATERIALIZED VIEW v WITH (start = 'then') AS SELECT 1 | 34 | 'earliest' or 'now'
          CREATE MATERIALIZED VIEW v WITH (swap = 'x') AS SELECT 1     | 34 | 'when told' or
          """)
  void whatIsWrongIsToldWithItsPlace(String text, int column, String message) {
    assertThatThrownBy(() -> StatementParser.parse(text))
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            SqlException.class, refused -> assertThat(refused.position()).isEqualTo(at(column)));
  }
}
