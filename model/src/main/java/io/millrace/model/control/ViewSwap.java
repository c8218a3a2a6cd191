package io.millrace.model.control;

/** When a view replaces its predecessor. The order is that of the command's bytes. */
public enum ViewSwap {
  /** As soon as it has its past. */
  WHEN_WHOLE,
  /** When it has its past and somebody says so, who has looked at how the two differ. */
  WHEN_TOLD
}
