package io.millrace.views.table;

import org.jspecify.annotations.Nullable;

/**
 * Reads values of columns from bytes that anyone may have written. Safe for any number of threads.
 */
interface RowReader {

  /**
   * Reads the values of the columns that this reader knows.
   *
   * @param row takes each in the place of its column; what is not there stays null
   * @throws io.millrace.model.codec.MalformedBytesException where the bytes are not what they
   *     should be
   */
  void read(byte[] bytes, @Nullable Object[] row);
}
