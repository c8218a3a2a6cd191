package io.millrace.query.statements;

import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.ViewDefinitions;
import io.millrace.views.DefinedViews;
import io.millrace.views.ViewControl;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes definitions in the name of one who asked for them.
 *
 * @param views those that were defined
 * @param control where they are defined
 * @param changing held for each change: a name is that of a view or of a table
 * @param by who asked
 */
record Definer(DefinedViews views, ViewControl control, ReentrantLock changing, String by) {
  /** Known already where the command has its effect; compiled within it. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What is defined by now. */
  ViewDefinitions.Known known() {
    return views.definitions().known();
  }

  /**
   * Appends a command, and waits until the statements that follow see its effect, also where
   * another thread is compiling what it defines.
   */
  void append(ControlCommand command) {
    control.append(command, by);
    var _ = views.atLeast(known().version(), PATIENCE);
  }
}
