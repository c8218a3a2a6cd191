package io.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.cell.Grain;
import io.millrace.model.control.BackfillState;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.ViewDefinitions;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.control.ViewStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefinedViewsTest {
  private static final ViewGeneration FIRST = new ViewGeneration("countries_only", 1);

  private final ViewDefinitions definitions = new ViewDefinitions();
  private final List<String> compiled = new ArrayList<>();
  private final DefinedViews views = new DefinedViews(definitions, this::compile);

  private ViewPlan compile(String name, String text) {
    compiled.add(text);
    return switch (text) {
      case "countries" -> plan(name, Optional.empty());
      case "topic" -> plan(name, Optional.of("a-topic"));
      case "sessions" ->
          new ViewPlan(
              name,
              Source.SESSIONS,
              new Filter.Everything(),
              List.of(Field.SITE),
              EnumSet.of(Grain.DAY),
              List.of(new Aggregate.Count("sessions", new Filter.Everything())),
              Optional.empty(),
              GrainRetention.DEFAULT);
      default -> throw new IllegalArgumentException("no such view: " + text);
    };
  }

  private static ViewPlan plan(String name, Optional<String> topic) {
    return new ViewPlan(
        name,
        new Filter.Everything(),
        List.of(Field.COUNTRY),
        EnumSet.of(Grain.DAY),
        List.of(new Aggregate.Count("events", new Filter.Everything())),
        topic);
  }

  @Test
  void aDefinitionIsCompiledOnceAndKeptUnderItsGeneration() {
    // When
    define(FIRST, "countries");
    definitions.apply(new ControlCommand.NoteBackfill(FIRST, BackfillState.COMPLETE));

    // Then
    DefinedView view = views.known().view("countries_only").orElseThrow();
    assertThat(view.kept().cells()).isEqualTo("countries_only@1");
    assertThat(view.kept().isDefined()).isTrue();
    assertThat(view.isWhole()).isTrue();
    assertThat(views.haveChangedSince(views.known().version())).isFalse();

    // When
    define(new ViewGeneration("other", 2), "countries");
    definitions.apply(new ControlCommand.DropView("other"));

    // Then
    assertThat(views.known().views()).containsExactly(view);
    assertThat(views.known().gone()).containsExactly(new ViewGeneration("other", 2));
    assertThat(compiled).containsExactly("countries");
  }

  @Test
  void whatCannotBeComputedIsRefusedWithTheReasonAndTheOthersGoOn() {
    // When
    define(FIRST, "countries");
    define(new ViewGeneration("nonsense", 2), "who knows");
    define(new ViewGeneration("visits", 3), "sessions");
    define(new ViewGeneration("with_topic", 4), "topic");

    // Then
    assertThat(views.known().views())
        .extracting(view -> view.kept().cells())
        .containsExactlyInAnyOrder("countries_only@1", "visits@3");
    assertThat(views.known().refused())
        .containsEntry(new ViewGeneration("nonsense", 2), "no such view: who knows")
        .containsKeys(new ViewGeneration("with_topic", 4));
  }

  @Test
  void aViewOfTheNameOfABuiltInOneGoesOnAndTheNameIsThatOfTheBuiltIn() {
    // Given
    var pages = new ViewGeneration("pages", 5);

    // When
    define(pages, "countries");
    definitions.apply(new ControlCommand.NoteBackfill(pages, BackfillState.COMPLETE));

    // Then
    assertThat(views.known().views())
        .extracting(view -> view.kept().cells())
        .containsExactly("pages@5");
    assertThat(views.catalog().view("pages")).isEqualTo(ViewCatalog.builtIn().view("pages"));
    assertThat(views.catalog().unready())
        .containsOnlyKeys("pages@5")
        .containsEntry(
            "pages@5", "there is a built-in view pages; create this one anew by another name");
  }

  @Test
  void whoNeedsMoreThanIsKnownFails() {
    // When
    define(FIRST, "countries");

    // Then
    assertThat(views.atLeast(1, Duration.ofMillis(1)).views()).hasSize(1);
    assertThatThrownBy(() -> views.atLeast(2, Duration.ofMillis(1)))
        .hasMessageContaining("up to change 1 here, and are needed up to 2");
  }

  private void define(ViewGeneration view, String text) {
    definitions.apply(new ControlCommand.DefineView(view, text, ViewStart.EARLIEST));
  }
}
