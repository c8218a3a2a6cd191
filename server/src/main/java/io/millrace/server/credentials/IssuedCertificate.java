package io.millrace.server.credentials;

import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/**
 * A certificate with its key and the certificate of who signed it.
 *
 * @param key of the certificate; never logged, never in a message
 */
record IssuedCertificate(PrivateKey key, X509Certificate certificate, X509Certificate authority) {

  /** The certificate, then that of its authority. */
  String chain() throws CertificateEncodingException {
    return PemText.of(certificate) + PemText.of(authority);
  }

  String keyText() {
    return PemText.of(key);
  }

  /** Key and chain in one, as Kafka reads a key store of type PEM. */
  String keyStore() throws CertificateEncodingException {
    return keyText() + chain();
  }

  @Override
  public String toString() {
    return "IssuedCertificate[" + certificate.getSubjectX500Principal().getName() + "]";
  }
}
