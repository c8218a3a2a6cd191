package io.millrace.testing.faults;

import io.millrace.server.broker.LocalBroker;
import io.millrace.server.fault.Fault;
import java.util.Optional;

/**
 * A broker that is killed behind the back of whoever watches over it, which starts it again.
 *
 * @param broker the broker
 */
record KilledProcess(LocalBroker broker) implements Fault {

  static Fault of(LocalBroker broker) {
    return new KilledProcess(broker);
  }

  @Override
  public String description() {
    return "broker killed, started again by its supervisor";
  }

  @Override
  public void inject() {
    Optional<ProcessHandle> process = broker.processId().flatMap(ProcessHandle::of);
    process.ifPresent(ProcessHandle::destroyForcibly);
  }

  @Override
  public void heal() {
    // Its supervisor does.
  }
}
