package io.millrace.model.control;

import io.millrace.model.SiteId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * The right to write events of one site. The secret itself is kept nowhere, only its hash.
 *
 * @param origins of the pages on which browsers may use it, such as {@code https://shop.example};
 *     none for all
 */
public record WriteKey(SiteId site, Set<Permission> permissions, Set<String> origins) {

  public WriteKey {
    permissions = Set.copyOf(permissions);
    origins = Set.copyOf(origins);
  }

  /** One that may be used on pages of every origin. */
  public WriteKey(SiteId site, Set<Permission> permissions) {
    this(site, permissions, Set.of());
  }

  /**
   * Whether a request may use it.
   *
   * @param origin of the page, which browsers tell; empty where none was told
   */
  public boolean mayBeUsedOn(String origin) {
    return origins.isEmpty() || origin.isEmpty() || origins.contains(origin);
  }

  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }

  /** The SHA-256 of a secret, in hexadecimal. */
  public static String hash(String secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java runtime has SHA-256", impossible);
    }
  }
}
