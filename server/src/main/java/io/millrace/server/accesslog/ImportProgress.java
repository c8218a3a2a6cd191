package io.millrace.server.accesslog;

/**
 * How far an import is.
 *
 * @param bytesRead of the file as it lies on disk
 * @param size of the file
 * @param lines read
 * @param accepted events acknowledged so far
 */
public record ImportProgress(long bytesRead, long size, long lines, long accepted) {

  /** From 0 to 1. */
  public double fraction() {
    return size == 0 ? 1 : Math.min(1, (double) bytesRead / size);
  }
}
