package io.millrace.server.broker;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Notices, in a child's process, that the parent is gone or wants an end. The parent holds the
 * other end of the pipe that is this process's standard input: it writes to ask for an end, and the
 * operating system closes the pipe when the parent ends, also when it is killed.
 */
public final class ParentWatch {

  private ParentWatch() {}

  /**
   * Runs one of the actions, on a thread of its own.
   *
   * @param whenAsked for when the parent has written something
   * @param whenGone for when the stream ended without that
   */
  public static void start(InputStream fromParent, Runnable whenAsked, Runnable whenGone) {
    Thread.ofPlatform()
        .daemon()
        .name("parent-watch")
        .start(
            () -> {
              Runnable action = asks(fromParent) ? whenAsked : whenGone;
              action.run();
            });
  }

  /**
   * Cuts this process off, in the midst of whatever it does, unless it has ended by itself in time.
   */
  public static void haltAfter(Duration limit, int exitCode) {
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

  private static boolean asks(InputStream stream) {
    try {
      return stream.read() >= 0;
    } catch (IOException broken) {
      // A broken pipe means the same as a closed one.
      return false;
    }
  }
}
