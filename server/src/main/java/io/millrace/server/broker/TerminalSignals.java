package io.millrace.server.broker;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a child deaf to what a terminal sends to all processes of a command at once (Ctrl-C,
 * hang-up): the parent takes it, lets go of its children in their order, and they end with their
 * standard input.
 *
 * <p>By reflection, because the compiler warns of the JDK's class for signals and cannot be told
 * that this is meant.
 */
public final class TerminalSignals {

  private static final Logger log = LoggerFactory.getLogger(TerminalSignals.class);
  private static final List<String> SIGNALS = List.of("INT", "HUP");

  private TerminalSignals() {}

  /** From now on, in this process. */
  public static void ignore() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ignoring = handler.getField("SIG_IGN").get(null);
      for (String name : SIGNALS) {
        Object named = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handler).invoke(null, named, ignoring);
      }
    } catch (ReflectiveOperationException otherJvm) {
      log.atInfo().setCause(otherJvm).log("Ctrl-C in a terminal will reach the broker directly");
    }
  }
}
