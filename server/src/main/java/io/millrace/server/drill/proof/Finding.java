package io.millrace.server.drill.proof;

import java.util.List;

/**
 * What a check has found.
 *
 * @param check its name
 * @param compared how many things it looked at
 * @param detail the numbers on both sides, for a person
 * @param lost what should be there and is not
 * @param doubled what is there more than once
 * @param wrong what is there with other contents or in another place than it should be
 * @param examples a line for each of the first few
 */
public record Finding(
    String check,
    long compared,
    String detail,
    long lost,
    long doubled,
    long wrong,
    List<String> examples) {
  private static final int MOST_EXAMPLES = 10;

  public Finding {
    examples = examples.stream().limit(MOST_EXAMPLES).toList();
  }

  /** Whether it is as it should be, and there was something to look at. */
  public boolean passed() {
    return compared > 0 && lost == 0 && doubled == 0 && wrong == 0;
  }
}
