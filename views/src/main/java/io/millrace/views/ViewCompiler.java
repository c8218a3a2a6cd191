package io.millrace.views;

import io.millrace.model.control.ViewDefinition;

/**
 * Makes a plan of what somebody wrote. The same text gives the same plan in every process and at
 * any time. Safe for any number of threads.
 */
@FunctionalInterface
public interface ViewCompiler {

  /**
   * The plan of a definition.
   *
   * @param name of the view
   * @throws RuntimeException for a text that is not a definition of a view
   */
  ViewPlan compile(String name, String text);

  /**
   * The plan of a definition, over the reference tables that it means.
   *
   * @throws RuntimeException for a text that is not a definition of a view
   */
  default ViewPlan compile(ViewDefinition definition) {
    return compile(definition.name(), definition.text());
  }
}
