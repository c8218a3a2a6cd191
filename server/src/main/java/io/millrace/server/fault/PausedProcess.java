package io.millrace.server.fault;

/**
 * A process that stands still where it is, as one does whose machine swaps, whose collector of
 * garbage works for long, or whose virtual machine is being moved: its connections stay open, and
 * nobody answers.
 */
public final class PausedProcess {

  private PausedProcess() {}

  /**
   * The fault, for a process of this program's own.
   *
   * @param name of the process, for the description
   * @param pid its process id
   */
  public static Fault of(String name, long pid) {
    return new FaultSwitch(
        name + " paused", () -> Signal.STOP.send(pid), () -> Signal.CONTINUE.sendIfAlive(pid));
  }
}
