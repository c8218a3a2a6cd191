package io.millrace.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import io.millrace.ops.AccessRole;
import io.millrace.ops.AccessScope;
import io.millrace.ops.Grant;
import io.millrace.ops.RoleGrants;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.common.network.ClientInformation;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.RequestContext;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.metadata.authorizer.StandardAcl;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.junit.jupiter.api.Test;

/** Kafka's own authorizer is asked for every role, resource and operation there is. */
class RoleRightsTest {
  private static final Namespace TENANT = new Namespace("teamA");
  private static final List<Namespace> OTHERS =
      List.of(Namespace.DEFAULT, new Namespace("teamB"), new Namespace("teamA2"));
  private static final String TABLE_TOPIC = "shop-products";
  private static final AccessScope SCOPE = AclsCommand.scope(TENANT, List.of(TABLE_TOPIC));
  private static final Set<AclOperation> NO_OPERATIONS =
      Set.of(AclOperation.UNKNOWN, AclOperation.ANY);

  @Test
  void everythingThatIsNoLineIsDenied() throws Exception {
    StandardAuthorizer authorizer = authorizer(SCOPE);
    List<String> wrong = new ArrayList<>();
    int denied = 0;
    int allowed = 0;
    for (AccessRole role : AccessRole.values()) {
      for (ResourcePattern resource : resources()) {
        for (AclOperation operation : AclOperation.values()) {
          if (NO_OPERATIONS.contains(operation)) {
            continue;
          }
          boolean isExpected =
              RoleGrants.of(role, SCOPE).stream()
                  .anyMatch(grant -> allows(grant, resource, operation));
          boolean isAllowed = isAllowed(authorizer, role, resource, operation);
          if (isAllowed != isExpected) {
            wrong.add(role + " " + operation + " " + resource + ": " + isAllowed);
          }
          allowed += isAllowed ? 1 : 0;
          denied += isAllowed ? 0 : 1;
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(allowed).isBetween(60, 200);
    assertThat(denied).isGreaterThan(2_000);
  }

  @Test
  void nothingOfAnotherNamespaceIsAllowed() throws Exception {
    StandardAuthorizer authorizer = authorizer(SCOPE);
    for (AccessRole role : AccessRole.values()) {
      for (Namespace other : OTHERS) {
        for (ResourcePattern resource : resourcesOf(AclsCommand.scope(other, List.of()))) {
          for (AclOperation operation : AclOperation.values()) {
            if (!NO_OPERATIONS.contains(operation)) {
              assertThat(isAllowed(authorizer, role, resource, operation))
                  .as("%s %s %s", role, operation, resource)
                  .isFalse();
            }
          }
        }
      }
    }
  }

  @Test
  void noLineIsSaidTwice() {
    for (AccessRole role : AccessRole.values()) {
      List<Grant> grants = RoleGrants.of(role, SCOPE);
      Set<String> lines = new HashSet<>();
      grants.forEach(grant -> lines.add(grant.binding("User:x").toString()));

      assertThat(lines).hasSameSizeAs(grants);
    }
  }

  private static StandardAuthorizer authorizer(AccessScope scope) {
    var authorizer = new StandardAuthorizer();
    authorizer.configure(Map.of("super.users", ""));
    authorizer.withPluginMetrics(new PluginMetricsImpl(new Metrics(), Map.of()));
    Map<Uuid, StandardAcl> lines = new HashMap<>();
    for (AccessRole role : AccessRole.values()) {
      for (Grant grant : RoleGrants.of(role, scope)) {
        lines.put(
            Uuid.randomUuid(), StandardAcl.fromAclBinding(grant.binding("User:" + role.label())));
      }
    }
    authorizer.loadSnapshot(lines);
    authorizer.completeInitialLoad();
    return authorizer;
  }

  private static boolean isAllowed(
      StandardAuthorizer authorizer,
      AccessRole role,
      ResourcePattern resource,
      AclOperation operation)
      throws Exception {
    var context =
        new RequestContext(
            new RequestHeader(ApiKeys.METADATA, ApiKeys.METADATA.latestVersion(), "test", 1),
            "1",
            InetAddress.getLoopbackAddress(),
            new KafkaPrincipal("User", role.label()),
            ListenerName.normalised("CLIENT"),
            SecurityProtocol.SASL_SSL,
            ClientInformation.EMPTY,
            false);
    return authorizer
        .authorize(context, List.of(new Action(operation, resource, 1, false, false)))
        .getFirst()
        .equals(AuthorizationResult.ALLOWED);
  }

  /** Kafka's own rule: who may read, write, delete or alter may describe. */
  private static boolean allows(Grant grant, ResourcePattern resource, AclOperation operation) {
    boolean isImplied =
        operation == AclOperation.DESCRIBE
            && Set.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE)
                .contains(grant.operation());
    boolean isNamed =
        grant.resource().patternType() == PatternType.PREFIXED
            ? resource.name().startsWith(grant.resource().name())
            : resource.name().equals(grant.resource().name());
    return grant.resource().resourceType() == resource.resourceType()
        && isNamed
        && (grant.operation() == operation || isImplied);
  }

  private static List<ResourcePattern> resources() {
    List<ResourcePattern> all = new ArrayList<>(resourcesOf(SCOPE));
    for (Namespace other : OTHERS) {
      all.addAll(resourcesOf(AclsCommand.scope(other, List.of())));
    }
    all.add(resource(ResourceType.TOPIC, TABLE_TOPIC));
    all.add(resource(ResourceType.TOPIC, "somebody-elses"));
    all.add(resource(ResourceType.TOPIC, "__consumer_offsets"));
    all.add(resource(ResourceType.TOPIC, "__transaction_state"));
    all.add(resource(ResourceType.GROUP, "somebody-elses"));
    all.add(resource(ResourceType.TRANSACTIONAL_ID, "somebody-elses"));
    all.add(resource(ResourceType.CLUSTER, "kafka-cluster"));
    all.add(resource(ResourceType.DELEGATION_TOKEN, "token"));
    all.add(resource(ResourceType.USER, "User:processor"));
    return all;
  }

  private static List<ResourcePattern> resourcesOf(AccessScope scope) {
    List<ResourcePattern> all = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      all.add(resource(ResourceType.TOPIC, scope.namespace().qualify(topic.localName())));
    }
    scope.viewTopics().forEach(topic -> all.add(resource(ResourceType.TOPIC, topic)));
    String application = scope.applicationId();
    all.add(resource(ResourceType.TOPIC, application + "-cells-changelog"));
    all.add(resource(ResourceType.GROUP, application));
    all.add(resource(ResourceType.GROUP, application + "2"));
    all.add(resource(ResourceType.GROUP, scope.backfillPrefix() + "view-1"));
    all.add(resource(ResourceType.TRANSACTIONAL_ID, application + "-id-1"));
    all.add(resource(ResourceType.TRANSACTIONAL_ID, scope.backfillPrefix() + "view-1"));
    return all;
  }

  private static ResourcePattern resource(ResourceType type, String name) {
    return new ResourcePattern(type, name, PatternType.LITERAL);
  }
}
