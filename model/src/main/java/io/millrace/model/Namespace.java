package io.millrace.model;

import java.util.regex.Pattern;

/**
 * The prefix before every topic, group and transactional id, so that tenants can share a Kafka
 * cluster under prefixed access rules. The prefix of the default namespace is empty; that of
 * namespace {@code teamA} is {@code teamA.}.
 */
public record Namespace(String name) {
  public static final Namespace DEFAULT = new Namespace("");

  /** Groups and internal topics begin like this, and so do the access rules for them. */
  private static final String RESERVED = "millrace-";

  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,39}");

  public Namespace {
    if (!name.isEmpty() && !SHAPE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "namespace: \"" + name + "\" is not 1 to 40 letters, digits, underscores and hyphens");
    }
    if (name.startsWith(RESERVED)) {
      throw new IllegalArgumentException(
          "namespace: \"" + name + "\" begins with " + RESERVED + ", as Millrace's own names do");
    }
  }

  /** The name that a topic, group or transactional id has within this namespace. */
  public String qualify(String localName) {
    return name.isEmpty() ? localName : name + '.' + localName;
  }
}
