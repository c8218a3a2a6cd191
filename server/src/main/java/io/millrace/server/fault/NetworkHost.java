package io.millrace.server.fault;

import java.util.List;

/**
 * A host of a {@link HostNetwork}.
 *
 * @param number from 1
 * @param address where its processes listen and are reached
 * @param enter the command that puts the command after it on this host
 */
public record NetworkHost(int number, String address, List<String> enter) {

  /** Copies the list. */
  public NetworkHost {
    enter = List.copyOf(enter);
  }

  /** Its port of the switch. */
  String port() {
    return "h" + number;
  }
}
