package io.millrace.model.control;

/**
 * A reference table as somebody defined it.
 *
 * @param text what it is, in the language of definitions
 */
public record TableDefinition(TableGeneration generation, String text) {

  public String name() {
    return generation.table();
  }
}
