package io.millrace.server.security;

import io.millrace.server.ServerException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Those whose signature under a server's certificate is believed, and nobody else's. */
public record Authorities(List<X509Certificate> certificates) {

  public Authorities {
    certificates = List.copyOf(certificates);
  }

  /**
   * All certificates of a file in PEM.
   *
   * @throws ServerException where there is none in it
   */
  public static Authorities read(Path file) {
    return new Authorities(PemFiles.chain(file));
  }

  /** What a client needs to believe them. */
  public SSLContext trusting() {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (int i = 0; i < certificates.size(); i++) {
        trusted.setCertificateEntry("authority-" + i, certificates.get(i));
      }
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("every Java runtime has TLS", impossible);
    }
  }
}
