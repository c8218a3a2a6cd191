package io.millrace.server.cluster;

import io.millrace.server.Main;
import io.millrace.server.broker.ParentWatch;
import io.millrace.server.broker.TerminalSignals;
import java.time.Duration;

/**
 * What runs in the process of a role: {@code millrace start}, until the parent process asks for an
 * end on this one's standard input, or ends in any way. So no role outlives the process that
 * started it.
 *
 * <p>Arguments: the file with its configuration.
 */
public final class RoleMain {
  /** What an orderly stop may take before the process is cut off. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private static final int ORPHANED = 4;
  private static final int CUT_OFF = 5;

  private RoleMain() {}

  /** Runs the instance; ends the process. */
  public static void main(String[] arguments) {
    TerminalSignals.ignore();
    ParentWatch.start(System.in, RoleMain::stop, () -> Runtime.getRuntime().halt(ORPHANED));
    Main.main(new String[] {"start", "--config", arguments[0]});
  }

  private static void stop() {
    ParentWatch.haltAfter(STOP_LIMIT, CUT_OFF);
    System.exit(0);
  }
}
