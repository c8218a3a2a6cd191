package io.millrace.ops;

import java.util.Locale;

/** What somebody who logs in to Kafka does for Millrace, and so what he may do there. */
public enum AccessRole {
  COLLECTOR,
  PROCESSOR,
  QUERY,
  /** A person at the command line who makes keys, changes sites, readmits events, loads rows. */
  ADMIN;

  /** As it is written on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The same, for messages. */
  @Override
  public String toString() {
    return label();
  }
}
