package io.millrace.model.control;

/**
 * A view as somebody defined it.
 *
 * @param text what it is, in the language of definitions
 * @param backfill how far it has its past; complete from the beginning where it starts without
 */
public record ViewDefinition(
    ViewGeneration generation, String text, ViewStart start, BackfillState backfill) {

  /** As it was just defined. */
  static ViewDefinition defined(ViewGeneration generation, String text, ViewStart start) {
    return new ViewDefinition(
        generation,
        text,
        start,
        start == ViewStart.NOW ? BackfillState.COMPLETE : BackfillState.WAITING);
  }

  ViewDefinition with(BackfillState state) {
    return new ViewDefinition(generation, text, start, state);
  }

  /** Whether all of its past is in its cells, so that they are right. */
  public boolean isWhole() {
    return backfill == BackfillState.COMPLETE;
  }

  public String name() {
    return generation.view();
  }
}
