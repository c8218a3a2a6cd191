package io.millrace.server.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
  private static final List<ViewTable> VIEWS =
      List.of(
          new ViewTable(
              "pages",
              List.of(new Column("site", ""), new Column("path", ""), new Column("events", ""))),
          new ViewTable("countries", List.of(new Column("site", ""), new Column("country", ""))));

  @Test
  void offersViewsWhereAViewIsNamed() {
    assertThat(at("SELECT * FROM |")).containsExactly("countries", "pages");
    assertThat(at("SELECT * FROM pages p LEFT JOIN co|")).containsExactly("countries");
    assertThat(at("describe pa|")).containsExactly("pages");
  }

  @Test
  void offersTheSourcesOfClicksWhereAViewIsDefined() {
    assertThat(at("CREATE MATERIALIZED VIEW v AS SELECT path FROM c|"))
        .containsExactly("clicks", "countries");
  }

  @Test
  void offersTheColumnsOfTheViewsThatAreNamed() {
    assertThat(at("SELECT pa| FROM pages")).containsExactly("path", "partition by");
    assertThat(at("SELECT cou| FROM pages")).containsExactly("count");
    assertThat(at("SELECT c.| FROM countries c")).containsExactly("site", "country");
  }

  @Test
  void offersTheColumnsOfAllViewsWhereNoneIsNamedYet() {
    assertThat(at("SELECT e|")).contains("events", "else");
    assertThat(at("SELECT coun|")).containsExactly("country", "count");
  }

  @Test
  void writesKeywordsInTheCaseOfTheWord() {
    assertThat(at("sel|")).containsExactly("select");
    assertThat(at("SEL|")).containsExactly("SELECT");
  }

  @Test
  void offersNothingInTextsAndComments() {
    assertThat(at("SELECT 'fro|")).isEmpty();
    assertThat(at("SELECT 1 -- fro|")).isEmpty();
  }

  @Test
  void offersTheCommandsOfTheShell() {
    assertThat(at("\\|")).containsExactly("\\?", "\\d", "\\q");
    assertThat(at("\\d pa|")).containsExactly("pages");
  }

  /** With the cursor where the bar is. */
  private static List<String> at(String text) {
    int cursor = text.indexOf('|');
    return Suggestions.of(text.replace("|", ""), cursor, VIEWS).stream()
        .map(Suggestions.Suggestion::text)
        .toList();
  }
}
