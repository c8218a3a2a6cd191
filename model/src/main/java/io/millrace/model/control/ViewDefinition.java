package io.millrace.model.control;

/**
 * A view as somebody defined it.
 *
 * @param text what it is, in the language of definitions
 * @param swap when it replaces its predecessor
 * @param backfill how far it has its past; complete from the beginning where it starts without
 */
public record ViewDefinition(
    ViewGeneration generation,
    String text,
    ViewStart start,
    ViewSwap swap,
    BackfillState backfill) {

  /** As it was just defined. */
  static ViewDefinition defined(
      ViewGeneration generation, String text, ViewStart start, ViewSwap swap) {
    return new ViewDefinition(
        generation,
        text,
        start,
        swap,
        start == ViewStart.NOW ? BackfillState.COMPLETE : BackfillState.WAITING);
  }

  ViewDefinition with(BackfillState state) {
    return new ViewDefinition(generation, text, start, swap, state);
  }

  /** The same, to replace its predecessor as soon as it can. */
  ViewDefinition toldToSwap() {
    return new ViewDefinition(generation, text, start, ViewSwap.WHEN_WHOLE, backfill);
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
