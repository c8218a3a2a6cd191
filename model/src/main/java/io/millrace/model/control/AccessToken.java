package io.millrace.model.control;

import io.millrace.model.SiteId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The right to ask. The token itself is kept nowhere, only its hash: SHA-256 without salt and
 * rounds, since a token is 32 random bytes. What slows down guessing of a password has nothing to
 * slow down here, and would be paid with each request.
 *
 * @param id names the token in public; it is its part before the secret
 * @param name for people, who may give several tokens the same one
 * @param hash of the whole token
 * @param sites only these; empty for all
 * @param expires the first moment when it is worth nothing; empty for never
 */
public record AccessToken(
    String id,
    String name,
    String hash,
    TokenRole role,
    Optional<Set<SiteId>> sites,
    Optional<Instant> expires) {
  private static final int LONGEST_NAME = 100;
  private static final Pattern ID = Pattern.compile("[a-z0-9]{4,32}");
  private static final Pattern UNPRINTABLE = Pattern.compile("\\p{C}");

  public AccessToken {
    sites = sites.map(Set::copyOf);
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("id: \"" + id + "\" is not 4 to 32 of a-z and 0-9");
    }
    if (name.isBlank() || name.length() > LONGEST_NAME || UNPRINTABLE.matcher(name).find()) {
      throw new IllegalArgumentException(
          "name: must be 1 to " + LONGEST_NAME + " printable characters");
    }
    if (sites.isPresent() && (sites.get().isEmpty() || !role.canBeOfSites())) {
      throw new IllegalArgumentException(
          role.canBeOfSites()
              ? "sites: at least one, or all"
              : "sites: the role " + role.label() + " is not of some sites alone");
    }
  }

  /** Whether it is worth something at a time. */
  public boolean isValidAt(Instant now) {
    return expires.map(now::isBefore).orElse(true);
  }
}
