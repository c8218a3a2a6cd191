package io.millrace.server.instance;

import io.millrace.model.Topic;
import io.millrace.ops.AccessRole;
import io.millrace.ops.RoleGrants;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a process does. One may have any of them; several with the same share its work. */
public enum Role {
  /** Takes events over HTTP and writes them to the log. Keeps nothing. */
  COLLECTOR,
  /** Judges and counts what is in the log, and keeps the cells of the views. */
  PROCESSOR,
  /** Answers questions and serves the dashboard. Keeps nothing. */
  QUERY;

  /** All of them, as on one machine. */
  public static final Set<Role> ALL = Set.copyOf(EnumSet.allOf(Role.class));

  /** The topics that any of some roles works with. */
  public static Set<Topic> topics(Set<Role> roles) {
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    roles.forEach(role -> topics.addAll(RoleGrants.topics(role.access())));
    return topics;
  }

  /** What it may do in Kafka. */
  public AccessRole access() {
    return switch (this) {
      case COLLECTOR -> AccessRole.COLLECTOR;
      case PROCESSOR -> AccessRole.PROCESSOR;
      case QUERY -> AccessRole.QUERY;
    };
  }

  /** As configuration and other instances call it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role of a label.
   *
   * @throws IllegalArgumentException naming what is known, when there is none
   */
  public static Role ofLabel(String label) {
    for (Role role : values()) {
      if (role.label().equals(label)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "role: expected collector, processor or query, got \"" + label + "\"");
  }
}
