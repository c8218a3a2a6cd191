package io.millrace.server.broker;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Notices, in a broker's process, that the parent is gone or wants an end. The parent holds the
 * other end of the pipe that is this process's standard input and never writes to it: the operating
 * system closes it when the parent ends, also when it is killed.
 */
final class ParentWatch {

  private ParentWatch() {}

  /** Runs the action, on a thread of its own, when the stream ends. */
  static void start(InputStream fromParent, Runnable whenParentEnds) {
    Thread.ofPlatform()
        .daemon()
        .name("parent-watch")
        .start(
            () -> {
              awaitEnd(fromParent);
              whenParentEnds.run();
            });
  }

  /**
   * Cuts this process off, in the midst of whatever it does, unless it has ended by itself in time.
   */
  static void haltAfter(Duration limit, int exitCode) {
    Thread.ofPlatform()
        .daemon()
        .name("stop-limit")
        .start(
            () -> {
              try {
                Thread.sleep(limit);
              } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(exitCode);
            });
  }

  private static void awaitEnd(InputStream stream) {
    try {
      var _ = stream.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException broken) {
      // A broken pipe means the same as a closed one.
    }
  }
}
