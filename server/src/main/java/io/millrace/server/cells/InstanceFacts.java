package io.millrace.server.cells;

import java.util.Set;

/**
 * What an instance says of itself that does not change.
 *
 * @param instance its id, another one for each process
 * @param name what people call it
 * @param url where others reach it; empty where they do not
 * @param roles what it does, by name
 * @param version of its program
 */
public record InstanceFacts(
    String instance, String name, String url, Set<String> roles, String version) {

  public InstanceFacts {
    roles = Set.copyOf(roles);
  }
}
