package io.millrace.bench;

/**
 * What a figure should be, and whether it is.
 *
 * @param text such as {@code < 50 ms}
 */
record Aim(String text, boolean isMet) {

  /** For the last column of a table. */
  String verdict() {
    return isMet ? "met" : "missed";
  }
}
