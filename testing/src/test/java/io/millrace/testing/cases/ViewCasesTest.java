package io.millrace.testing.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.views.BuiltInViews;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file in examples/views/cases. With {@code -Dmillrace.cases.write=true} the tables are
 * written into the files instead of being compared.
 */
class ViewCasesTest {
  private static final Path FOLDER = Path.of("../examples/views/cases");
  private static final boolean IS_WRITING = Boolean.getBoolean("millrace.cases.write");

  @ParameterizedTest
  @MethodSource("files")
  void aCaseIsAnsweredAsItsTablesSay(Path path, @TempDir Path folder) throws IOException {
    CaseFile file = CaseFile.read(path);
    try (var run = new CaseRun(file, folder)) {
      List<List<String>> tables = run.tables();

      assertThat(tables).as("the queries of " + path).isNotEmpty();
      if (IS_WRITING) {
        Files.writeString(path, file.withTables(tables));
      } else {
        compare(file, tables);
      }
    }
  }

  private static void compare(CaseFile file, List<List<String>> tables) {
    var expected = new ArrayList<List<String>>();
    for (CaseStep step : file.steps()) {
      if (step instanceof CaseStep.Ask ask) {
        assertThat(ask.table())
            .as(place(file, ask) + ": no table; -Dmillrace.cases.write=true writes one")
            .isNotEmpty();
        assertThat(String.join("\n", tables.get(expected.size())))
            .as(place(file, ask))
            .isEqualTo(String.join("\n", ask.table()));
        expected.add(ask.table());
      }
    }
  }

  private static String place(CaseFile file, CaseStep step) {
    return file.path() + ":" + (step.line() + 1);
  }

  @Test
  void eachBuiltInViewHasACase() throws IOException {
    String all;
    try (Stream<Path> files = files()) {
      all = files.map(CaseFile::read).map(ViewCasesTest::queries).collect(Collectors.joining("\n"));
    }

    // All but the books, which are no question about events but the account of the log.
    assertThat(ViewCatalog.builtIn().plans())
        .extracting(ViewPlan::name)
        .filteredOn(name -> !name.equals(BuiltInViews.BOOKS))
        .allSatisfy(name -> assertThat(all).containsPattern("(FROM|JOIN) " + name + "\\b"));
  }

  private static String queries(CaseFile file) {
    return file.steps().stream()
        .filter(CaseStep.Ask.class::isInstance)
        .map(step -> ((CaseStep.Ask) step).query())
        .collect(Collectors.joining("\n"));
  }

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
    }
  }
}
