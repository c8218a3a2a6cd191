package io.millrace.views.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.views.table.ColumnType;
import io.millrace.views.table.KeyFormat;
import io.millrace.views.table.TableColumn;
import io.millrace.views.table.TableFormat;
import io.millrace.views.table.TablePlan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableCompilerTest {

  @Test
  void aStatementIsAPlan() {
    TablePlan plan =
        TableCompiler.compile(
            """
            CREATE TABLE Products ( -- what pages are about
              path VARCHAR PRIMARY KEY,
              category varchar,
              price DECIMAL(9, 2),
              "inStock" BOOLEAN,
              since TIMESTAMP,
              weight DOUBLE,
              "rank" BIGINT
            ) WITH (topic = 'shop.Products', format = 'json');
            """);

    assertThat(plan)
        .isEqualTo(
            new TablePlan(
                "products",
                List.of(
                    new TableColumn("path", ColumnType.of(ColumnType.Kind.VARCHAR)),
                    new TableColumn("category", ColumnType.of(ColumnType.Kind.VARCHAR)),
                    new TableColumn("price", ColumnType.decimal(9, 2)),
                    new TableColumn("inStock", ColumnType.of(ColumnType.Kind.BOOLEAN)),
                    new TableColumn("since", ColumnType.of(ColumnType.Kind.TIMESTAMP)),
                    new TableColumn("weight", ColumnType.of(ColumnType.Kind.DOUBLE)),
                    new TableColumn("rank", ColumnType.of(ColumnType.Kind.BIGINT))),
                List.of("path"),
                "shop.Products",
                KeyFormat.TEXT,
                new TableFormat.Json()));
  }

  @Test
  void aKeyOfSeveralColumnsIsAJsonObjectAndAvroNeedsItsSchema() {
    TablePlan plan =
        TableCompiler.compile(
            """
            create table plans (site VARCHAR, id BIGINT, name VARCHAR, primary key (id, site))
            with (topic = 'plans', format = 'avro', schema = '{"type": "record", "name": "Plan",
              "fields": [{"name": "name", "type": ["null", "string"]}]}')
            """);

    assertThat(plan.key()).containsExactly("site", "id");
    assertThat(plan.keyFormat()).isEqualTo(KeyFormat.JSON);
    assertThat(plan.format().label()).isEqualTo("avro");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          CREATE TABLE clicks (a VARCHAR PRIMARY KEY) WITH (topic = 't', format = 'json')      | 14 | there already
          CREATE TABLE pages (a VARCHAR PRIMARY KEY) WITH (topic = 't', format = 'json')       | 14 | there already
          CREATE TABLE "No" (a VARCHAR PRIMARY KEY) WITH (topic = 't', format = 'json')        | 14 | a name of a table
          CREATE OR REPLACE TABLE t (a VARCHAR PRIMARY KEY) WITH (topic = 't', format = 'json')|  8 | not replaced
          CREATE TABLE t (a TEXT PRIMARY KEY) WITH (topic = 't', format = 'json')              | 19 | no type TEXT
          CREATE TABLE t (a VARCHAR, A VARCHAR) WITH (topic = 't', format = 'json')            | 28 | twice
          CREATE TABLE t (a VARCHAR) WITH (topic = 't', format = 'json')                       | 14 | a table has a key
          CREATE TABLE t (a DOUBLE PRIMARY KEY) WITH (topic = 't', format = 'json')            | 14 | VARCHAR or BIGINT
          CREATE TABLE t (a VARCHAR, PRIMARY KEY (b)) WITH (topic = 't', format = 'json')      | 41 | names no column
          CREATE TABLE t (a VARCHAR PRIMARY KEY, PRIMARY KEY (a)) WITH (topic = 't', format = 'json') | 40 | a key already
          CREATE TABLE t (a VARCHAR PRIMARY KEY, b DECIMAL(20)) WITH (topic = 't', format = 'json')   | 42 | 1 to 19
          CREATE TABLE t (a VARCHAR PRIMARY KEY, b DECIMAL(2, 3)) WITH (topic = 't', format = 'json') | 42 | 0 to 2
          CREATE TABLE t (a VARCHAR PRIMARY KEY, b DECIMAL(x)) WITH (topic = 't', format = 'json')    | 50 | a whole number
          CREATE TABLE t (a VARCHAR PRIMARY KEY) WITH (topic = 't')                            | 40 | the option format
          CREATE TABLE t (a VARCHAR PRIMARY KEY) WITH (format = 'json')                        | 40 | the option topic
          CREATE TABLE t (a VARCHAR PRIMARY KEY) WITH (topic = 't', format = 'csv')            | 59 | json or avro
          CREATE TABLE t (a VARCHAR PRIMARY KEY) WITH (topic = 't', format = 'json', a = '')   | 76 | no option a
          CREATE TABLE t (a VARCHAR PRIMARY KEY) WITH (topic = '__offsets', format = 'json')   | 46 | not of Kafka's own
          CREATE TABLE t (a VARCHAR PRIMARY KEY) WITH (topic = '..', format = 'json')          | 46 | topic: expected
          CREATE TABLE t (a VARCHAR PRIMARY KEY) WITH (topic = 't', format = 'json', schema = '') | 76 | for the format avro
          CREATE TABLE t (a VARCHAR PRIMARY KEY) WITH (topic = 't', format = 'avro')           | 40 | schema is needed
          CREATE TABLE t (a VARCHAR PRIMARY KEY) WITH (topic = 't', format = 'avro', schema = '{') | 76 | not an Avro schema
          CREATE TABLE t (a VARCHAR PRIMARY KEY) WITH (topic = 't', format = 'avro', schema = '"int"') | 76 | expected a record
          CREATE TABLE t (a VARCHAR, b VARCHAR, PRIMARY KEY (a, b)) WITH (topic = 't', format = 'json', key = 'text') | 14 | cannot be a text
          CREATE TABLE t (a VARCHAR PRIMARY KEY) WITH (topic = 't', format = 'json') AS SELECT | 76 | end of the statement
          CREATE TABLE t                                                                       | 15 | expected (
          """)
  void whatIsWrongIsSaidWhereItStands(String statement, int column, String reason) {
    SqlException refused =
        catchThrowableOfType(SqlException.class, () -> TableCompiler.define(statement));

    assertThat(refused).hasMessageContaining(reason);
    assertThat(refused.position()).isEqualTo(new SqlException.Position(1, column));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `[]`                                                                  | there is no field b
          `[{"name":"b","type":"boolean"}]`                                     | cannot be read as BIGINT
          `[{"name":"b","type":{"type":"long","logicalType":"timestamp-millis"}}]` | cannot be read as BIGINT
          `[{"name":"b","type":"long"},{"name":"c","type":{"type":"array","items":"null"}}]` | has parts
          `[{"name":"b","type":"long"},{"name":"c","type":["null",{"type":"map","values":"long"}]}]` | has parts
          """)
  void aSchemaHasTheColumnsAndNoFieldThatHasParts(String fields, String reason) {
    String statement =
        "CREATE TABLE t (a VARCHAR PRIMARY KEY, b BIGINT) WITH (topic = 't', format = 'avro',\n"
            + " schema = '{\"type\":\"record\",\"name\":\"R\",\"fields\":"
            + fields
            + "}')";

    SqlException refused =
        catchThrowableOfType(SqlException.class, () -> TableCompiler.define(statement));

    assertThat(refused).hasMessageContaining(reason);
    assertThat(refused.position()).isEqualTo(new SqlException.Position(2, 2));
  }

  @Test
  void aStatementOfAMegabyteIsRefusedBeforeItIsRead() {
    SqlException refused =
        catchThrowableOfType(
            SqlException.class, () -> TableCompiler.define("CREATE TABLE t (".repeat(65_536)));

    assertThat(refused).hasMessageContaining("more than the 65536");
  }

  @Test
  void whatWasDefinedBeforeHasAPlanWhateverTheRulesOfNamesAre() {
    String statement =
        "CREATE TABLE pages (a VARCHAR PRIMARY KEY, b BIGINT)"
            + " WITH (topic = 't', format = 'json')";

    assertThat(catchThrowableOfType(SqlException.class, () -> TableCompiler.define(statement)))
        .hasMessageContaining("pages is there already");
    assertThat(TableCompiler.compile(statement).name()).isEqualTo("pages");
  }
}
