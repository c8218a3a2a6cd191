package io.millrace.server.accesslog;

/**
 * A line of a file before anyone has understood it.
 *
 * @param number in the file, from 1
 * @param bytes without the line end; not copied, so nobody may change it
 * @param complete whether this is the whole line, or only the beginning of one that is too long
 */
record RawLine(long number, byte[] bytes, boolean complete) {

  RawLine {
    if (number < 1) {
      throw new IllegalArgumentException("number: lines are counted from 1, not " + number);
    }
  }
}
