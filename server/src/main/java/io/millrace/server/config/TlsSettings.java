package io.millrace.server.config;

import io.millrace.server.security.Transport;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the way to an instance is encrypted.
 *
 * @param certificate PEM: this server's, then those that signed it
 * @param key PEM: its private key, PKCS#8
 * @param behindProxy whether a proxy in front speaks TLS with everybody else
 */
public record TlsSettings(Optional<Path> certificate, Optional<Path> key, boolean behindProxy) {
  public static final TlsSettings OFF = new TlsSettings(Optional.empty(), Optional.empty(), false);

  public TlsSettings {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          (key.isPresent() ? "certificate" : "key")
              + ": expected a file, as certificate and key belong together");
    }
    if (certificate.isPresent() && behindProxy) {
      throw new IllegalArgumentException(
          "behind-proxy: expected false where a certificate is named");
    }
  }

  /** What it comes to. */
  public Transport transport() {
    if (certificate.isPresent() && key.isPresent()) {
      return new Transport.Tls(certificate.get(), key.get());
    }
    return behindProxy ? new Transport.BehindProxy() : new Transport.Plain();
  }
}
