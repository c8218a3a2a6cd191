package io.millrace.server.credentials;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys and certificates as text: PKCS#8 and X.509 in PEM, without a password. Pure. */
final class PemText {
  private static final int COLUMNS = 64;
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);

  private PemText() {}

  static String of(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  static String of(X509Certificate certificate) throws CertificateEncodingException {
    return block("CERTIFICATE", certificate.getEncoded());
  }

  /** The first key of a text. */
  static PrivateKey key(String text) throws GeneralSecurityException {
    Matcher key = KEY.matcher(text);
    if (!key.find()) {
      throw new GeneralSecurityException("it has no PRIVATE KEY");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(key.group(1));
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  /** The first certificate of a text. */
  static X509Certificate certificate(String text) throws GeneralSecurityException {
    int start = text.indexOf("-----BEGIN CERTIFICATE-----");
    if (start < 0) {
      throw new GeneralSecurityException("it has no CERTIFICATE");
    }
    byte[] rest = text.substring(start).getBytes(StandardCharsets.US_ASCII);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(rest));
  }

  private static String block(String kind, byte[] content) {
    String lines =
        Base64.getMimeEncoder(COLUMNS, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %1$s-----\n".formatted(kind, lines);
  }
}
