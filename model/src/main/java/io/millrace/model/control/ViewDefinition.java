package io.millrace.model.control;

import java.util.Map;

/**
 * A view as somebody defined it.
 *
 * @param text what it is, in the language of definitions
 * @param backfill how far it has its past; complete from the beginning where it starts without
 * @param tables the reference tables that there were when it was defined, by name: those it means,
 *     whatever becomes of the names later
 */
public record ViewDefinition(
    ViewGeneration generation,
    String text,
    ViewStart start,
    BackfillState backfill,
    Map<String, TableDefinition> tables) {

  public ViewDefinition {
    tables = Map.copyOf(tables);
  }

  /** One from when there were no tables. */
  public ViewDefinition(
      ViewGeneration generation, String text, ViewStart start, BackfillState backfill) {
    this(generation, text, start, backfill, Map.of());
  }

  /** As it was just defined. */
  static ViewDefinition defined(
      ViewGeneration generation,
      String text,
      ViewStart start,
      Map<String, TableDefinition> tables) {
    return new ViewDefinition(
        generation,
        text,
        start,
        start == ViewStart.NOW ? BackfillState.COMPLETE : BackfillState.WAITING,
        tables);
  }

  ViewDefinition with(BackfillState state) {
    return new ViewDefinition(generation, text, start, state, tables);
  }

  /** Whether all of its past is in its cells, so that they are right. */
  public boolean isWhole() {
    return backfill == BackfillState.COMPLETE;
  }

  public String name() {
    return generation.view();
  }
}
