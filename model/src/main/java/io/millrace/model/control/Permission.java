package io.millrace.model.control;

/**
 * What a write key may do beyond reporting its own client's events. The order is that of the Avro
 * enum.
 */
public enum Permission {
  /** Report events of any age, as an import does. */
  BACKFILL,
  /** Name the address and agent of the client that it reports for, as a server does. */
  ON_BEHALF
}
