package io.millrace.model.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ViewDefinitionsTest {
  private static final ViewGeneration FIRST = new ViewGeneration("pages", 1);
  private static final ViewGeneration SECOND = new ViewGeneration("pages", 2);

  private final ViewDefinitions definitions = new ViewDefinitions();

  @Test
  void aNameThatIsDefinedAnewIsAnotherGenerationAndTheFormerIsGone() {
    // When
    define(FIRST, "one", ViewStart.EARLIEST);
    define(SECOND, "two", ViewStart.NOW);

    // Then
    assertThat(definitions.known().current())
        .containsOnlyKeys("pages")
        .containsEntry(
            "pages",
            new ViewDefinition(
                SECOND,
                "two",
                ViewStart.NOW,
                ViewSwap.WHEN_WHOLE,
                BackfillState.COMPLETE,
                Map.of()));
    assertThat(definitions.known().gone()).containsExactly(FIRST);
    assertThat(definitions.version()).isEqualTo(2);
  }

  @Test
  void aWholeViewStaysUntilItsSuccessorIsWhole() {
    // Given
    define(FIRST, "one", ViewStart.NOW);

    // When
    define(SECOND, "two", ViewStart.EARLIEST);

    // Then
    assertThat(current()).isEqualTo(FIRST);
    assertThat(definitions.known().all()).hasSize(2);
    assertThat(state()).isEqualTo(BackfillState.WAITING);
    assertThat(definitions.known().gone()).isEmpty();

    // When
    note(SECOND, BackfillState.RUNNING);
    assertThat(current()).isEqualTo(FIRST);
    note(SECOND, BackfillState.COMPLETE);

    // Then
    assertThat(current()).isEqualTo(SECOND);
    assertThat(definitions.known().next()).isEmpty();
    assertThat(definitions.known().gone()).containsExactly(FIRST);
  }

  @Test
  void aSuccessorThatIsReplacedOrDroppedIsGone() {
    // Given
    var third = new ViewGeneration("pages", 3);
    define(FIRST, "one", ViewStart.NOW);
    define(SECOND, "two", ViewStart.EARLIEST);

    // When
    define(third, "three", ViewStart.EARLIEST);
    note(SECOND, BackfillState.COMPLETE);

    // Then
    assertThat(current()).isEqualTo(FIRST);
    assertThat(definitions.known().gone()).containsExactly(SECOND);

    // When
    definitions.apply(new ControlCommand.DropView("pages"));

    // Then
    assertThat(definitions.known().all()).isEmpty();
    assertThat(definitions.known().gone()).containsExactlyInAnyOrder(FIRST, SECOND, third);
  }

  @Test
  void theSameCommandAgainBringsNothingBack() {
    // Given
    define(FIRST, "one", ViewStart.EARLIEST);
    definitions.apply(new ControlCommand.DropView("pages"));

    // When
    define(FIRST, "one", ViewStart.EARLIEST);

    // Then
    assertThat(definitions.known().current()).isEmpty();
    assertThat(definitions.known().gone()).containsExactly(FIRST);
  }

  @Test
  void aBackfillOnlyMovesOnAndBelongsToItsGeneration() {
    // Given
    define(SECOND, "two", ViewStart.EARLIEST);
    assertThat(state()).isEqualTo(BackfillState.WAITING);

    // When
    note(FIRST, BackfillState.COMPLETE);
    note(SECOND, BackfillState.RUNNING);
    assertThat(state()).isEqualTo(BackfillState.RUNNING);
    note(SECOND, BackfillState.COMPLETE);
    note(SECOND, BackfillState.RUNNING);
    note(SECOND, BackfillState.LOST);

    // Then
    assertThat(state()).isEqualTo(BackfillState.COMPLETE);
  }

  @Test
  void aSuccessorThatIsToBeToldWaitsAlthoughItIsWhole() {
    // Given
    define(FIRST, "one", ViewStart.NOW);
    definitions.apply(
        new ControlCommand.DefineView(SECOND, "two", ViewStart.EARLIEST, ViewSwap.WHEN_TOLD));

    // When
    note(SECOND, BackfillState.COMPLETE);

    // Then
    assertThat(current()).isEqualTo(FIRST);
    assertThat(definitions.known().next().get("pages").isWhole()).isTrue();

    // When
    definitions.apply(new ControlCommand.SwapView(FIRST));
    assertThat(current()).isEqualTo(FIRST);
    definitions.apply(new ControlCommand.SwapView(SECOND));
    definitions.apply(new ControlCommand.SwapView(SECOND));

    // Then
    assertThat(current()).isEqualTo(SECOND);
    assertThat(definitions.known().next()).isEmpty();
    assertThat(definitions.known().gone()).containsExactly(FIRST);
  }

  @Test
  void aSuccessorThatIsToldTooEarlySwapsWhenItIsWhole() {
    // Given
    define(FIRST, "one", ViewStart.NOW);
    definitions.apply(
        new ControlCommand.DefineView(SECOND, "two", ViewStart.EARLIEST, ViewSwap.WHEN_TOLD));

    // When
    definitions.apply(new ControlCommand.SwapView(SECOND));

    // Then
    assertThat(current()).isEqualTo(FIRST);

    // When
    note(SECOND, BackfillState.COMPLETE);

    // Then
    assertThat(current()).isEqualTo(SECOND);
  }

  @Test
  void commandsAboutOtherThingsAreNoChange() {
    definitions.apply(new ControlCommand.RevokeKey("00ff"));
    assertThat(definitions.version()).isZero();
  }

  @Test
  void whoNeedsAVersionWaitsForItAndNotForEver() throws Exception {
    // When
    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(() -> isReached(1, Duration.ofMinutes(1)));
    define(FIRST, "one", ViewStart.NOW);

    // Then
    assertThat(waiting.get(1, TimeUnit.MINUTES)).isTrue();
    assertThat(isReached(2, Duration.ofMillis(5))).isFalse();
  }

  @Test
  void cellsAreKeptUnderANameThatNoViewHas() {
    assertThat(FIRST.cells()).isEqualTo("pages@1");
    assertThat(ViewGeneration.ofCells("pages@1")).contains(FIRST);
    assertThat(ViewGeneration.ofCells(FIRST.starts())).contains(FIRST);
    for (String other :
        new String[] {
          "pages", "pages@", "pages@0", "pages@01", "@1", "pages@9999999999999999999"
        }) {
      assertThat(ViewGeneration.ofCells(other)).as(other).isEmpty();
    }
    assertThatThrownBy(() -> new ViewGeneration("pages@1", 1)).hasMessageContaining("pages@1");
    assertThatThrownBy(() -> new ViewGeneration("pages", 0)).hasMessageContaining("above zero");
  }

  @Test
  void aViewKeepsTheTablesThatThereWereWhenItWasDefined() {
    // Given
    var products = new TableDefinition(new TableGeneration("products", 3), "one");
    defineTable(products);
    define(FIRST, "one", ViewStart.EARLIEST);

    // When
    definitions.apply(new ControlCommand.DropTable("products"));
    defineTable(products);
    var later = new TableDefinition(new TableGeneration("products", 4), "two");
    defineTable(later);
    defineTable(new TableDefinition(new TableGeneration("products", 5), "at the same time"));
    define(new ViewGeneration("other", 6), "one", ViewStart.EARLIEST);
    note(FIRST, BackfillState.COMPLETE);

    // Then
    assertThat(definitions.known().tables()).containsExactly(Map.entry("products", later));
    assertThat(definitions.known().goneTables()).containsExactly(products.generation());
    assertThat(definitions.known().current().get("pages").tables())
        .containsExactly(Map.entry("products", products));
    assertThat(definitions.known().current().get("other").tables())
        .containsExactly(Map.entry("products", later));
    assertThat(definitions.version()).isEqualTo(8);
  }

  @Test
  void aNameIsThatOfAViewOrOfATableAndTheFirstHasIt() {
    // Given
    var table = new TableDefinition(new TableGeneration("pages", 1), "one");
    defineTable(table);

    // When
    define(SECOND, "two", ViewStart.NOW);

    // Then
    assertThat(definitions.known().tables()).containsOnlyKeys("pages");
    assertThat(definitions.known().all()).isEmpty();

    // When
    definitions.apply(new ControlCommand.DropTable("pages"));
    var third = new ViewGeneration("pages", 3);
    define(third, "three", ViewStart.NOW);
    defineTable(new TableDefinition(new TableGeneration("pages", 4), "four"));

    // Then
    assertThat(definitions.known().tables()).isEmpty();
    assertThat(current()).isEqualTo(third);

    // When
    definitions.apply(new ControlCommand.DropView("pages"));
    var fifth = new TableDefinition(new TableGeneration("pages", 5), "five");
    defineTable(fifth);
    define(third, "three", ViewStart.NOW);

    // Then
    assertThat(definitions.known().tables()).containsExactly(Map.entry("pages", fifth));
    assertThat(definitions.known().all()).isEmpty();
    assertThat(definitions.version()).isEqualTo(8);
  }

  private void defineTable(TableDefinition table) {
    definitions.apply(new ControlCommand.DefineTable(table.generation(), table.text()));
  }

  private boolean isReached(long version, Duration patience) {
    try {
      return definitions.awaitVersion(version, patience);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private void define(ViewGeneration view, String text, ViewStart start) {
    definitions.apply(new ControlCommand.DefineView(view, text, start));
  }

  private void note(ViewGeneration view, BackfillState state) {
    definitions.apply(new ControlCommand.NoteBackfill(view, state));
  }

  private ViewGeneration current() {
    return definitions.known().current().get("pages").generation();
  }

  private BackfillState state() {
    return definitions.known().definition(SECOND).orElseThrow().backfill();
  }
}
