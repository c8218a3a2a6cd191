package io.millrace.views;

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
}
