package io.millrace.ops;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePatternFilter;

/**
 * Compares what a user may do in a cluster with what he should be able to, and gives him what is
 * missing. It takes nothing away: what else a user may do can have its reason. Safe for any number
 * of threads.
 */
public final class AccessControl {
  private final Cluster cluster;

  public AccessControl(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * How it is.
   *
   * @param missing what the user should be able to do and may not
   * @param extra what else the user may do, or is denied
   */
  public record Comparison(List<AclBinding> missing, List<AclBinding> extra) {
    public Comparison {
      missing = List.copyOf(missing);
      extra = List.copyOf(extra);
    }

    public boolean isExact() {
      return missing.isEmpty() && extra.isEmpty();
    }
  }

  /** Compares; needs the right to describe the cluster. */
  public Comparison compare(String principal, Collection<Grant> grants) {
    Set<AclBinding> wanted = new HashSet<>();
    List<AclBinding> missing = new ArrayList<>();
    Set<AclBinding> present = new HashSet<>(of(principal));
    for (Grant grant : grants) {
      AclBinding binding = grant.binding(principal);
      if (wanted.add(binding) && !present.contains(binding)) {
        missing.add(binding);
      }
    }
    return new Comparison(
        missing, present.stream().filter(binding -> !wanted.contains(binding)).toList());
  }

  /**
   * Gives what is missing; needs the right to alter the cluster.
   *
   * @return what was given
   */
  public List<AclBinding> apply(String principal, Collection<Grant> grants) {
    List<AclBinding> missing = compare(principal, grants).missing();
    if (!missing.isEmpty()) {
      cluster.await("add access rules", cluster.admin().createAcls(missing).all());
    }
    return missing;
  }

  private Collection<AclBinding> of(String principal) {
    return cluster.await(
        "read access rules",
        cluster
            .admin()
            .describeAcls(
                new AclBindingFilter(
                    ResourcePatternFilter.ANY,
                    new AccessControlEntryFilter(
                        principal, null, AclOperation.ANY, AclPermissionType.ANY)))
            .values());
  }
}
