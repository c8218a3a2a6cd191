package io.millrace.model.control;

import java.util.Map;

/**
 * A view as somebody defined it.
 *
 * @param text what it is, in the language of definitions
 * @param swap when it replaces its predecessor
 * @param backfill how far it has its past; complete from the beginning where it starts without
 * @param tables the reference tables that there were when it was defined, by name: those it means,
 *     whatever becomes of the names later
 */
public record ViewDefinition(
    ViewGeneration generation,
    String text,
    ViewStart start,
    ViewSwap swap,
    BackfillState backfill,
    Map<String, TableDefinition> tables) {

  public ViewDefinition {
    tables = Map.copyOf(tables);
  }

  /** One from when there were no tables. */
  public ViewDefinition(
      ViewGeneration generation,
      String text,
      ViewStart start,
      ViewSwap swap,
      BackfillState backfill) {
    this(generation, text, start, swap, backfill, Map.of());
  }

  /** As it was just defined. */
  static ViewDefinition defined(
      ViewGeneration generation,
      String text,
      ViewStart start,
      ViewSwap swap,
      Map<String, TableDefinition> tables) {
    return new ViewDefinition(
        generation,
        text,
        start,
        swap,
        start == ViewStart.NOW ? BackfillState.COMPLETE : BackfillState.WAITING,
        tables);
  }

  ViewDefinition with(BackfillState state) {
    return new ViewDefinition(generation, text, start, swap, state, tables);
  }

  /** The same, to replace its predecessor as soon as it can. */
  ViewDefinition toldToSwap() {
    return new ViewDefinition(generation, text, start, ViewSwap.WHEN_WHOLE, backfill, tables);
  }

  /** Whether it can take the place of its predecessor now. */
  boolean isToSwap() {
    return isWhole() && swap == ViewSwap.WHEN_WHOLE;
  }

  /** Whether all of its past is in its cells, so that they are right. */
  public boolean isWhole() {
    return backfill == BackfillState.COMPLETE;
  }

  public String name() {
    return generation.view();
  }
}
