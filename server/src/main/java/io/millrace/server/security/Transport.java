package io.millrace.server.security;

import java.nio.file.Path;

/** How requests come to this process. */
public sealed interface Transport {

  /** As they are, which is safe on the loopback interface alone. */
  record Plain() implements Transport {}

  /**
   * Over TLS 1.2 or 1.3.
   *
   * @param certificate PEM: this server's certificate, then those that signed it
   * @param key PEM: its private key as PKCS#8, not encrypted
   */
  record Tls(Path certificate, Path key) implements Transport {}

  /** As they are, from a proxy of ours that speaks TLS with everybody else. */
  record BehindProxy() implements Transport {}

  /** Whether browsers see https. */
  default boolean isEncrypted() {
    return !(this instanceof Plain);
  }
}
