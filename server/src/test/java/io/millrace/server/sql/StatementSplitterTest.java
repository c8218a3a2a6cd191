package io.millrace.server.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementSplitterTest {
  private static final String HARD =
      """
      -- it's a comment; not a statement
      SELECT 'a;b', 'it''s; so', "odd;name" -- trailing; comment
        FROM pages; /* one
        more; 'unclosed */ SELECT 2 // x; y
      ;;
      SELECT 3 - -1 / 2
      """;

  @Test
  void findsStatementsAndTheLinesTheyBeginIn() {
    assertThat(all("SELECT 1;\n\n  SELECT\n 2 ;SELECT 3"))
        .containsExactly(
            new Statement("SELECT 1", 1),
            new Statement("SELECT\n 2", 3),
            new Statement("SELECT 3", 4));
  }

  @Test
  void leavesSemicolonsInTextsNamesAndCommentsAlone() {
    assertThat(all(HARD))
        .containsExactly(
            new Statement(
                "SELECT 'a;b', 'it''s; so', \"odd;name\" -- trailing; comment\n  FROM pages", 2),
            new Statement("SELECT 2 // x; y", 4),
            new Statement("SELECT 3 - -1 / 2", 6));
  }

  @Test
  void findsTheSameInPiecesOfAnySize() {
    for (int size = 1; size < HARD.length(); size++) {
      var splitter = new StatementSplitter();
      var found = new ArrayList<Statement>();
      for (int start = 0; start < HARD.length(); start += size) {
        found.addAll(splitter.add(HARD.substring(start, Math.min(HARD.length(), start + size))));
      }
      splitter.rest().ifPresent(found::add);

      assertThat(found).as("pieces of %d", size).isEqualTo(all(HARD));
    }
  }

  @Test
  void findsNothingWhereThereIsNothing() {
    assertThat(all("")).isEmpty();
    assertThat(all(" ;\n; -- only comments;\n /* and; more */ ;")).isEmpty();
    assertThat(all("\uFEFFSELECT 1")).containsExactly(new Statement("SELECT 1", 1));
  }

  @Test
  void tellsWhatIsMissing() {
    assertThat(awaited("SELECT 1")).isEqualTo(";");
    assertThat(awaited("SELECT 'a;")).isEqualTo("'");
    assertThat(awaited("SELECT \"a;")).isEqualTo("\"");
    assertThat(awaited("/* SELECT 1;")).isEqualTo("*/");
    assertThat(awaited("SELECT 1 -- ;")).isEqualTo(";");
    assertThat(awaited("SELECT 1;")).isEqualTo("nothing");
    assertThat(awaited("-- just a word")).isEqualTo("nothing");
    assertThat(awaited("/*/ still a comment")).isEqualTo("*/");
  }

  private static String awaited(String text) {
    var splitter = new StatementSplitter();
    splitter.add(text);
    return splitter.awaited().orElse("nothing");
  }

  private static List<Statement> all(String text) {
    var splitter = new StatementSplitter();
    var found = new ArrayList<>(splitter.add(text));
    splitter.rest().ifPresent(found::add);
    return found;
  }
}
