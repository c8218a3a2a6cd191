package io.millrace.server.security;

/**
 * The first token, from the configuration: with it the others are made. It has every right, and is
 * best taken out of the configuration once there are others. Immutable, and shown nowhere.
 */
public final class AdminToken {
  private static final String SETTING = "security.admin-token";

  private final SharedSecret secret;

  private AdminToken(SharedSecret secret) {
    this.secret = secret;
  }

  /**
   * A token as it stands in the configuration or the environment.
   *
   * @throws IllegalArgumentException that does not show it, where it is too short or not printable
   */
  public static AdminToken of(String text) {
    return new AdminToken(SharedSecret.of(SETTING, text));
  }

  boolean is(String sent) {
    return secret.is(sent);
  }

  @Override
  public String toString() {
    return secret.toString();
  }
}
