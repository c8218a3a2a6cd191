package io.millrace.query.sql.push;

import java.util.List;

/** The rows of a push query as they come. Belongs to the thread that reads it, but for its end. */
interface PushStream extends AutoCloseable {

  /** The columns of each row. */
  List<PushColumn> columns();

  /**
   * Whether a row takes the place of the one with the same values in the key columns; if there are
   * no key columns, of the only one.
   */
  boolean isKeyed();

  /**
   * What comes next; nothing after a moment without rows.
   *
   * @param mostRows more are not wanted; who cannot divide them gives more all the same
   * @throws InterruptedException when the reader is not to go on
   */
  PushEvent next(long mostRows) throws InterruptedException;

  /** What names everything up to the latest event; empty where that cannot be named. */
  String id();

  /** Ends it once what waits is read. Called by any thread. */
  void end(PushEvent.End reason);

  @Override
  void close();
}
