package io.millrace.views;

import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.ViewGeneration;
import io.millrace.views.table.ReferenceTables;
import io.millrace.views.table.TablePlan;
import java.util.List;
import java.util.Optional;

/** Where views are defined, and what is known of their past. Safe for any number of threads. */
public interface ViewControl {

  /** Where nothing can be defined. */
  ViewControl NONE =
      new ViewControl() {
        @Override
        public void append(ControlCommand command) {
          throw new DefinitionsUnavailableException("nothing can be defined here");
        }

        @Override
        public Optional<BackfillProgress> progress(ViewGeneration view) {
          return Optional.empty();
        }

        @Override
        public List<JudgedClick> latest(int atMost) {
          return List.of();
        }
      };

  /**
   * Appends a command, and waits until it has its effect here.
   *
   * @throws DefinitionsUnavailableException when it has none within a bounded time
   */
  void append(ControlCommand command);

  /**
   * The same, of which it is noted who it is from where commands are kept.
   *
   * @param by the name of who asked for it
   */
  default void append(ControlCommand command, String by) {
    append(command);
  }

  /** The reference tables of this process. */
  default ReferenceTables tables() {
    return ReferenceTables.none();
  }

  /** Why a reference table cannot be read from its topic, as a clause; empty where it can. */
  default Optional<String> obstacle(TablePlan plan) {
    return Optional.of("the topic " + plan.topic() + " cannot be read here");
  }

  /** Of a view that is given its past just now; empty where another process does it. */
  Optional<BackfillProgress> progress(ViewGeneration view);

  /**
   * Some of the events that were judged last, in no particular order, to tell from what a view of
   * them would cost. Fewer, or none, where they cannot be read within a bounded time.
   */
  List<JudgedClick> latest(int atMost);
}
