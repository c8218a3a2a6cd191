package io.millrace.server.security;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By what instances of one cluster know each other: the same random text in all of them. Immutable,
 * and shown nowhere.
 *
 * <p>It is never sent. Addresses are learned from a topic, so who asks cannot be sure of whom, and
 * signs what it asks, of which address, and when; a stranger who announced itself learns nothing
 * that any other address would take. The answer is signed as well, so a stranger cannot make up
 * cells either.
 *
 * <pre>
 *   Authorization: Millrace TIME SIGNATURE     of method, address, path and time
 *   Millrace-Answer: SIGNATURE                 of the former
 * </pre>
 */
public final class ClusterSecret {
  private static final String SETTING = "security.cluster-secret";
  private static final Pattern AUTHORIZATION =
      Pattern.compile("Millrace ([0-9]{1,15}) ([A-Za-z0-9_-]{43})");

  /** How far the time of a request may be from ours. */
  static final Duration WINDOW = Duration.ofMinutes(1);

  private final SharedSecret secret;

  private ClusterSecret(SharedSecret secret) {
    this.secret = secret;
  }

  /**
   * A secret as it stands in the configuration or the environment.
   *
   * @throws IllegalArgumentException that does not show it, where it is too short or not printable
   */
  public static ClusterSecret of(String text) {
    return new ClusterSecret(SharedSecret.of(SETTING, text));
  }

  /** A secret that is the only line of a file. */
  public static ClusterSecret read(Path file) {
    return new ClusterSecret(SharedSecret.read(SETTING, file));
  }

  /** The value of the header {@code Authorization} of a request that is sent at a time. */
  public String authorization(InternalRequest request, Instant time) {
    return authorization(request, time.toEpochMilli());
  }

  private String authorization(InternalRequest request, long millis) {
    return "Millrace " + millis + ' ' + sign("request\n" + request.text() + '\n' + millis);
  }

  /** Whether who has sent a request knows the secret, and meant this instance, and now. */
  boolean isProvenBy(String authorization, InternalRequest request, Instant now) {
    Matcher matcher = AUTHORIZATION.matcher(authorization);
    if (!matcher.matches()) {
      return false;
    }
    long millis = Long.parseLong(matcher.group(1));
    return Math.abs(now.toEpochMilli() - millis) <= WINDOW.toMillis()
        && isSame(authorization, authorization(request, millis));
  }

  /** What proves to whoever has sent a request that it was answered by one of the cluster. */
  String answer(String authorization) {
    return sign("answer\n" + authorization);
  }

  /** Whether a request was answered by one who knows the secret. */
  public boolean isAnsweredBy(String authorization, String answer) {
    return isSame(answer, answer(authorization));
  }

  private String sign(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret.sign(text));
  }

  /** In a time that does not depend on where the two differ. */
  private static boolean isSame(String sent, String right) {
    return MessageDigest.isEqual(
        sent.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return secret.toString();
  }
}
