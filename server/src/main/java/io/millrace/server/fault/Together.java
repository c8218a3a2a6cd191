package io.millrace.server.fault;

import java.util.List;

/** Several faults that come and go as one. */
public final class Together {

  private Together() {}

  /** The fault. */
  public static Fault of(String description, List<Fault> faults) {
    List<Fault> all = List.copyOf(faults);
    return new FaultSwitch(
        description, () -> all.forEach(Fault::inject), () -> all.reversed().forEach(Fault::heal));
  }
}
