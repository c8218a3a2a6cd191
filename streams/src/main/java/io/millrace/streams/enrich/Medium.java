package io.millrace.streams.enrich;

import io.millrace.model.Enrichment;
import java.util.Locale;

/** The kind of way a visitor came by. */
public enum Medium {
  /** Typed in, a bookmark, or a referrer that was withheld. */
  DIRECT,
  /** From another page of the same host. */
  INTERNAL,
  SEARCH,
  SOCIAL,
  EMAIL,
  /** Through an advertisement. */
  PAID,
  /** Through a link its owner tagged, of no other medium. */
  CAMPAIGN,
  /** From a page of any other site. */
  REFERRAL,
  /** Not decided, since deciding it failed. */
  FAILED(Enrichment.FAILED);

  private final String label;

  Medium() {
    label = name().toLowerCase(Locale.ROOT);
  }

  Medium(String label) {
    this.label = label;
  }

  /** The name in lower case, as it stands in views. */
  public String label() {
    return label;
  }

  /**
   * The medium with this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Medium labelled(String label) {
    for (Medium medium : values()) {
      if (medium.label.equals(label)) {
        return medium;
      }
    }
    throw new IllegalArgumentException("medium: \"" + label + "\" is not one of the known media");
  }
}
