package io.millrace.server.security;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its chain and its private key, out of two PEM files.
 *
 * @param chain this server's first
 */
record PemFiles(List<X509Certificate> chain, PrivateKey key) {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final List<String> KINDS = List.of("EC", "RSA", "EdDSA");

  private static final Map<String, String> SIGNATURES =
      Map.of("EC", "SHA256withECDSA", "RSA", "SHA256withRSA", "EdDSA", "EdDSA");
  private static final byte[] SAMPLE = "millrace".getBytes(StandardCharsets.US_ASCII);

  PemFiles {
    chain = List.copyOf(chain);
  }

  /**
   * Reads both.
   *
   * @throws ServerException that says which of them cannot be used, and what to do
   */
  static PemFiles read(Transport.Tls files) {
    List<X509Certificate> chain = chain(files.certificate());
    PrivateKey key = key(files.key());
    if (!areOnePair(chain.getFirst().getPublicKey(), key)) {
      throw unusable(files.key(), "this key is not that of the certificate", null);
    }
    return new PemFiles(chain, key);
  }

  /** Whether one verifies what the other signs: keys of the same kind may still be of two pairs. */
  private static boolean areOnePair(PublicKey publicKey, PrivateKey key) {
    try {
      Signature signature =
          Signature.getInstance(SIGNATURES.getOrDefault(key.getAlgorithm(), key.getAlgorithm()));
      signature.initSign(key);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (GeneralSecurityException otherKind) {
      return false;
    }
  }

  /** What trusts those whom the last of the chain vouches for: the authority, if it is there. */
  SSLContext trusting() {
    return new Authorities(List.of(chain.getLast())).trusting();
  }

  static List<X509Certificate> chain(Path file) {
    try {
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (chain.isEmpty()) {
        throw unusable(file, "there is no certificate in it", null);
      }
      return chain;
    } catch (IOException | GeneralSecurityException failure) {
      throw unusable(file, "no certificates in PEM can be read from it", failure);
    }
  }

  private static PrivateKey key(Path file) {
    String pem;
    try {
      pem = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException failure) {
      throw unusable(file, "it cannot be read", failure);
    }
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw unusable(
          file,
          "there is no unencrypted PKCS#8 key in it; make one of yours with: openssl pkcs8 -topk8"
              + " -nocrypt",
          null);
    }
    byte[] bytes;
    try {
      bytes = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
    } catch (IllegalArgumentException malformed) {
      throw unusable(file, "its key is not in Base64", null);
    }
    return key(file, new PKCS8EncodedKeySpec(bytes));
  }

  private static PrivateKey key(Path file, PKCS8EncodedKeySpec spec) {
    for (String kind : KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(spec);
      } catch (InvalidKeySpecException otherKind) {
        // One of the others, or none.
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException("every Java runtime has " + kind, impossible);
      }
    }
    throw unusable(file, "its key is neither " + String.join(", nor ", KINDS), null);
  }

  private static ServerException unusable(Path file, String why, @Nullable Throwable cause) {
    String message = file + " cannot be used for TLS: " + why;
    return cause == null
        ? new ServerException(ServerError.SECURITY, message)
        : new ServerException(ServerError.SECURITY, message, cause);
  }
}
