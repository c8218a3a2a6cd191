package io.millrace.testing.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** Sends signals, which Java itself cannot, except to kill. */
public final class Signals {

  private Signals() {}

  /** Stops the processes where they are, until {@link #resume}. */
  public static void pause(long pid) {
    require("STOP", pid);
  }

  public static void resume(long pid) {
    require("CONT", pid);
  }

  public static void kill(long pid) {
    require("KILL", pid);
  }

  private static void require(String signal, long pid) {
    assertThat(send(signal, Long.toString(pid))).as("kill -" + signal + ' ' + pid).isTrue();
  }

  /**
   * Sends a signal; false where there is nobody to have it.
   *
   * @param target a process id, or that of a process group with a hyphen before it
   */
  static boolean send(String signal, String target) {
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -s " + signal + " -- " + target).inheritIO().start();
      assertThat(kill.waitFor(10, TimeUnit.SECONDS)).as("kill ended").isTrue();
      return kill.exitValue() == 0;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while sending a signal", stopped);
    }
  }
}
