package io.millrace.server.fault;

import io.millrace.server.ExitSequence;

/**
 * A fault that is either there or not: done once however often it is asked for, and undone at the
 * end of the process if nobody has before.
 */
final class FaultSwitch implements Fault {

  /** A step that the machine may refuse. */
  interface Step {
    void run();
  }

  private final String description;
  private final Step on;
  private final Step off;
  private boolean isOn;

  FaultSwitch(String description, Step on, Step off) {
    this.description = description;
    this.on = on;
    this.off = off;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public synchronized void inject() {
    if (!isOn) {
      // Before the step: half a fault is undone too.
      isOn = true;
      ExitSequence.add(this);
      on.run();
    }
  }

  @Override
  public synchronized void heal() {
    if (isOn) {
      off.run();
      isOn = false;
      ExitSequence.remove(this);
    }
  }
}
