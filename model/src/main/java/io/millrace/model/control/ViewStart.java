package io.millrace.model.control;

/** Which events a view that is defined has. The order is that of the command's bytes. */
public enum ViewStart {
  /** All that the topics still have, and those that come. */
  EARLIEST,
  /** Those that come. */
  NOW
}
