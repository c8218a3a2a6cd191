package io.millrace.ops;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One line of what a role may do.
 *
 * @param ability what the role loses without it, in a few words
 */
public record Grant(ResourcePattern resource, AclOperation operation, String ability) {
  private static final String ANY_HOST = "*";

  static Grant topic(String name, AclOperation operation, String ability) {
    return literal(ResourceType.TOPIC, name, operation, ability);
  }

  static Grant literal(ResourceType type, String name, AclOperation operation, String ability) {
    return new Grant(new ResourcePattern(type, name, PatternType.LITERAL), operation, ability);
  }

  static Grant prefixed(ResourceType type, String prefix, AclOperation operation, String ability) {
    return new Grant(new ResourcePattern(type, prefix, PatternType.PREFIXED), operation, ability);
  }

  /** The same as Kafka keeps it. */
  public AclBinding binding(String principal) {
    return new AclBinding(
        resource, new AccessControlEntry(principal, ANY_HOST, operation, AclPermissionType.ALLOW));
  }
}
