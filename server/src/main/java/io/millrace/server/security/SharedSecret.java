package io.millrace.server.security;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A random text that both sides know. Immutable, and shown nowhere.
 *
 * <p>What is sent is compared by its hash, in a time that does not depend on where the two differ:
 * hashes are of the same length, whatever was sent.
 */
final class SharedSecret {
  static final int LEAST_BYTES = 32;
  private static final String MAC = "HmacSHA256";

  /** What a header can hold without being quoted or changed on its way. */
  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

  private final String secret;
  private final byte[] hash;

  private SharedSecret(String secret) {
    this.secret = secret;
    hash = hash(secret);
  }

  /**
   * A secret as it stands in the configuration or the environment.
   *
   * @param setting its name there
   * @throws IllegalArgumentException that does not show it, where it is too short or not printable
   */
  static SharedSecret of(String setting, String text) {
    String secret = text.strip();
    int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < LEAST_BYTES) {
      throw new IllegalArgumentException(
          setting
              + ": has "
              + bytes
              + " bytes, and needs at least "
              + LEAST_BYTES
              + " that nobody can guess; make one with: openssl rand -base64 48");
    }
    if (!PRINTABLE.matcher(secret).matches()) {
      throw new IllegalArgumentException(
          setting + ": only printable ASCII without spaces can be sent in a header");
    }
    return new SharedSecret(secret);
  }

  /** A secret that is the only line of a file. */
  static SharedSecret read(String setting, Path file) {
    try {
      return of(setting, Files.readString(file));
    } catch (IOException unreadable) {
      throw new ServerException(
          ServerError.SECURITY,
          setting + ": cannot be read from " + file + "; give this user the right to read it.",
          unreadable);
    }
  }

  boolean is(String sent) {
    return MessageDigest.isEqual(hash, hash(sent));
  }

  /** What only those can compute who know the secret, and from which it cannot be found out. */
  byte[] sign(String text) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java runtime has " + MAC, impossible);
    }
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java runtime has SHA-256", impossible);
    }
  }

  @Override
  public String toString() {
    return "********";
  }
}
