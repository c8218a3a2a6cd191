package io.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.cell.Grain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The statements are the source. After a change of one, {@code -Dmillrace.plans.write=true} writes
 * the plans, and the change in that file says what it means.
 */
class BuiltInViewsTest {
  private static final Path STATEMENTS = Path.of("../examples/views");
  private static final Path PLANS =
      Path.of("src/main/resources/io/millrace/views").resolve(BuiltInViews.PLANS);

  @Test
  void thePlansAreThoseOfTheStatements() throws IOException {
    List<String> names = names();
    String compiled = PlanText.write(names.stream().map(BuiltInViewsTest::compiled).toList());

    if (Boolean.getBoolean("millrace.plans.write")) {
      Files.writeString(PLANS, compiled);
    }
    assertThat(compiled).isEqualTo(Files.readString(PLANS));
  }

  @ParameterizedTest
  @MethodSource
  void aPlanSaysAllOfAStatement(ViewPlan plan) {
    assertThat(plan).isEqualTo(compiled(plan.name()));
  }

  /** In the order of the file of plans; new ones at the end. */
  private static List<String> names() throws IOException {
    List<String> known =
        BuiltInViews.all().stream()
            .map(ViewPlan::name)
            .filter(name -> !name.equals(BuiltInViews.BOOKS))
            .toList();
    try (Stream<Path> files = Files.list(STATEMENTS)) {
      List<String> all =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".sql"))
              .map(name -> name.substring(0, name.length() - ".sql".length()))
              .sorted()
              .toList();
      return Stream.concat(known.stream(), all.stream().filter(name -> !known.contains(name)))
          .toList();
    }
  }

  static Stream<ViewPlan> aPlanSaysAllOfAStatement() {
    return BuiltInViews.all().stream().filter(plan -> !plan.name().equals(BuiltInViews.BOOKS));
  }

  private static ViewPlan compiled(String name) {
    try {
      ViewPlan plan =
          io.millrace.views.sql.ViewCompiler.compile(
              Files.readString(STATEMENTS.resolve(name + ".sql")));
      assertThat(plan.name()).as("the view in the file " + name).isEqualTo(name);
      return plan;
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  @Test
  void theirStatementsCanBeShown() throws IOException {
    assertThat(BuiltInViews.statement("pages"))
        .contains(Files.readString(STATEMENTS.resolve("pages.sql")));
    assertThat(BuiltInViews.statement(BuiltInViews.BOOKS)).isEmpty();
    assertThat(BuiltInViews.statement("../" + BuiltInViews.PLANS)).isEmpty();
  }

  @Test
  void everyKindOfPartIsReadAsItWasWritten() {
    Filter counted = new Filter.HasOutcome(io.millrace.model.Outcome.COUNTED);
    var plan =
        new ViewPlan(
            "all",
            Source.CLICKS,
            Filter.all(
                List.of(
                    counted,
                    new Filter.Is(Field.NAME, "a is b"),
                    new Filter.IsNot(Field.PATH, ""))),
            List.of(Field.SITE, Field.OUTCOME),
            EnumSet.of(Grain.HOUR, Grain.DAY),
            List.of(
                new Aggregate.Count("events", counted),
                new Aggregate.SumOf("sum", new Filter.Everything(), Field.OFFSET),
                new Aggregate.MinOf("least", counted, Field.RECEIVED_TIME),
                new Aggregate.MaxOf("most", counted, Field.RECEIVED_TIME),
                new Aggregate.AvgOf("mean", counted, Field.RECEIVED_TIME),
                new Aggregate.DistinctOf("urls", new Filter.Is(Field.OUTCOME, "late"), Field.URL)),
            Optional.of("a-topic"),
            GrainRetention.DEFAULT.without(Grain.HOUR));

    assertThat(PlanText.read(PlanText.write(List.of(plan)))).containsExactly(plan);
  }

  @Test
  void whatHasNoWordsIsNotWritten() {
    var top = new Aggregate.TopOf("top", new Filter.Everything(), Field.PATH, 3);
    var plan =
        new ViewPlan(
            "tops",
            new Filter.Everything(),
            List.of(Field.SITE),
            EnumSet.of(Grain.DAY),
            List.of(top),
            Optional.empty());

    assertThatThrownBy(() -> PlanText.write(List.of(plan))).hasMessageContaining("top");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"by site", "view v\n  by nothing", "view v\n  every events", "view v\n x"})
  void whatIsNoPlanIsNotRead(String text) {
    assertThatThrownBy(() -> PlanText.read(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
