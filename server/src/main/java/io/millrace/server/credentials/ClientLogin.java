package io.millrace.server.credentials;

import java.util.Locale;

/** How clients say who they are to a Kafka that uses TLS. */
public enum ClientLogin {
  /** By a password, with SASL/SCRAM-SHA-512. */
  SCRAM,
  /** By a certificate of their own. */
  CERTIFICATE;

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
