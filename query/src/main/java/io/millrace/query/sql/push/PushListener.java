package io.millrace.query.sql.push;

/** Is told what happens to those who read push queries. Safe for any number of threads. */
public interface PushListener {

  void opened();

  /**
   * Somebody reads no more.
   *
   * @param wasDropped for being too slow
   */
  void closed(boolean wasDropped);

  /** Rows have been sent, or taken away. */
  void sent(long rows);
}
