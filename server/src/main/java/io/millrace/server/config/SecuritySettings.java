package io.millrace.server.config;

import io.millrace.server.security.AdminToken;
import io.millrace.server.security.ClusterSecret;
import io.millrace.server.security.SecurityConfig.AccessMode;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who may ask an instance.
 *
 * @param access whether those who ask must have a token
 * @param adminToken one that may do everything, to make others with
 * @param clusterSecret what processors and query instances know each other by; the same for all of
 *     a cluster
 */
public record SecuritySettings(
    AccessMode access, Optional<Secret> adminToken, Optional<Secret> clusterSecret) {
  public static final SecuritySettings DEFAULT =
      new SecuritySettings(AccessMode.OPEN, Optional.empty(), Optional.empty());

  /** Refuses secrets that are no good. */
  public SecuritySettings {
    adminToken.ifPresent(secret -> check(() -> AdminToken.of(secret.value())));
    clusterSecret.ifPresent(secret -> check(() -> ClusterSecret.of(secret.value())));
  }

  /** What is wrong with a setting begins with its name in the section that it stands in. */
  private static void check(Supplier<?> reading) {
    try {
      var _ = reading.get();
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException(
          String.valueOf(bad.getMessage()).replaceFirst("^security\\.", ""), bad);
    }
  }
}
