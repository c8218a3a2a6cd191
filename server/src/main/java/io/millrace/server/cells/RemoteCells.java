package io.millrace.server.cells;

import io.millrace.model.instance.InstanceDirectory.Member;
import java.io.IOException;

/** Asks other instances. Safe for any number of threads. */
interface RemoteCells {

  /**
   * Asks one; returns when it has begun to answer.
   *
   * @throws BusyException where it may in a moment
   * @throws IOException where it does not
   */
  Answer ask(Member member, CellRequest request) throws IOException, InterruptedException;

  /** One that is there, and answers as many as it can just now. */
  final class BusyException extends IOException {
    private static final long serialVersionUID = 1L;

    BusyException(String message) {
      super(message);
    }
  }

  /** An answer on its way. Read by one thread; any may close it, which ends the reading. */
  interface Answer extends AutoCloseable {
    CellFrame next() throws IOException;

    @Override
    void close();
  }
}
