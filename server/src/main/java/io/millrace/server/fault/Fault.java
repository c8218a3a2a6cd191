package io.millrace.server.fault;

import io.millrace.server.ServerException;

/**
 * One planned failure of something that drills own. It can be done and undone as often as one
 * likes; to do it twice or to undo what was not done changes nothing.
 *
 * <p>Safe for use by several threads. Each step is bounded in time.
 */
public interface Fault extends AutoCloseable {

  /** What it is, in a few words for a table, such as {@code broker 2 cut from its peers}. */
  String description();

  /**
   * Lets it happen.
   *
   * @throws ServerException when the machine did not let it
   */
  void inject();

  /**
   * Undoes it, as far as such a thing can be undone.
   *
   * @throws ServerException when the machine did not let it
   */
  void heal();

  /** The same as {@link #heal}. */
  @Override
  default void close() {
    heal();
  }
}
