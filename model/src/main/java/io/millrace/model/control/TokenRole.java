package io.millrace.model.control;

import java.util.Locale;
import java.util.Optional;

/** What the bearer of a token is there for. The order is that of the codec. */
public enum TokenRole {
  /** Looks at the dashboard and asks the views. */
  VIEWER,
  /** The same, and asks in SQL. */
  ANALYST,
  /** Watches over the program: metrics, health and books; sees no site. */
  OPERATOR,
  /** All of it, and changes what there is. */
  ADMIN;

  /** As people write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<TokenRole> labelled(String label) {
    for (TokenRole role : values()) {
      if (role.label().equals(label)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  /** Whether it can be for some sites alone: what the others do is not of one site. */
  public boolean canBeOfSites() {
    return this == VIEWER || this == ANALYST;
  }
}
