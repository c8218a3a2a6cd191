package io.millrace.server.credentials;

import java.util.Locale;

/**
 * Who logs in to Kafka: a user for each role, so that each may do what it needs and nothing else,
 * and one who owns the cluster.
 */
public enum KafkaUser {
  /**
   * May do everything, as a super user: gives rights to the others and is used for nothing else.
   */
  OWNER,
  /** Works on one namespace: makes topics, sites and keys, readmits events. */
  ADMIN,
  COLLECTOR,
  PROCESSOR,
  QUERY;

  /** The name in Kafka, and in a certificate. */
  public String userName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As access rules and {@code super.users} name it. */
  public String principal() {
    return "User:" + userName();
  }
}
