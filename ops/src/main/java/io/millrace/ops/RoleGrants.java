package io.millrace.ops;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import io.millrace.model.Topic;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Exactly what each role may do in Kafka. This is the one list: what is printed, applied and
 * checked comes from here. Who may read, write or delete a topic or a group may describe it too, by
 * Kafka's own rule, so that is not said again. Pure.
 */
public final class RoleGrants {

  private RoleGrants() {}

  /** The lines of a role. */
  public static List<Grant> of(AccessRole role, AccessScope scope) {
    return switch (role) {
      case COLLECTOR -> collector(scope);
      case PROCESSOR -> processor(scope);
      case QUERY -> query(scope);
      case ADMIN -> admin(scope);
    };
  }

  /** The topics of Millrace that a role works with, so must be there before it begins. */
  public static Set<Topic> topics(AccessRole role) {
    return switch (role) {
      case COLLECTOR ->
          EnumSet.of(Topic.CLICK_EVENTS, Topic.CONTROL, Topic.INSTANCES, Topic.VISITOR_SALTS);
      case PROCESSOR -> EnumSet.allOf(Topic.class);
      case QUERY ->
          EnumSet.of(
              Topic.CLICK_EVENTS,
              Topic.ENRICHED_CLICKS,
              Topic.REJECTED_CLICKS,
              Topic.CONTROL,
              Topic.INSTANCES);
      case ADMIN -> EnumSet.of(Topic.CLICK_EVENTS, Topic.REJECTED_CLICKS, Topic.CONTROL);
    };
  }

  private static List<Grant> collector(AccessScope scope) {
    return List.of(
        readInstances(scope),
        announce(scope),
        Grant.topic(scope.name(Topic.CLICK_EVENTS), WRITE, "accept events"),
        Grant.topic(scope.name(Topic.CONTROL), READ, "know sites and keys"),
        Grant.topic(scope.name(Topic.VISITOR_SALTS), READ, "name visitors as others do"),
        Grant.topic(scope.name(Topic.VISITOR_SALTS), WRITE, "name visitors of a new day"));
  }

  private static List<Grant> processor(AccessScope scope) {
    List<Grant> grants = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      grants.add(Grant.topic(scope.name(topic), CREATE, "make the topic"));
      grants.add(Grant.topic(scope.name(topic), DESCRIBE_CONFIGS, "compare its settings"));
    }
    for (String topic : scope.viewTopics()) {
      grants.add(Grant.topic(topic, CREATE, "make the topic"));
      grants.add(Grant.topic(topic, DESCRIBE_CONFIGS, "compare its settings"));
      grants.add(Grant.topic(topic, WRITE, "publish a view"));
    }
    grants.add(readInstances(scope));
    grants.add(announce(scope));
    grants.add(Grant.topic(scope.name(Topic.VISITOR_SALTS), DESCRIBE, "see that it is made"));
    grants.add(Grant.topic(scope.name(Topic.CLICK_EVENTS), READ, "judge events"));
    grants.add(Grant.topic(scope.name(Topic.ENRICHED_CLICKS), WRITE, "pass on counted events"));
    grants.add(Grant.topic(scope.name(Topic.ENRICHED_CLICKS), READ, "give new views their past"));
    grants.add(Grant.topic(scope.name(Topic.REJECTED_CLICKS), WRITE, "pass on other events"));
    grants.add(Grant.topic(scope.name(Topic.REJECTED_CLICKS), READ, "give new views their past"));
    grants.add(Grant.topic(scope.name(Topic.SESSIONS), WRITE, "publish sessions"));
    grants.add(Grant.topic(scope.name(Topic.SESSIONS), READ, "give new views their past"));
    grants.add(Grant.topic(scope.name(Topic.ROLLUP_PARTIALS), WRITE, "send partials"));
    grants.add(Grant.topic(scope.name(Topic.ROLLUP_PARTIALS), READ, "merge partials"));
    grants.add(Grant.topic(scope.name(Topic.ROLLUP_PARTIALS), DELETE, "delete merged partials"));
    grants.add(Grant.topic(scope.name(Topic.CONTROL), READ, "know views and sites"));
    grants.add(Grant.topic(scope.name(Topic.CONTROL), WRITE, "note how far a past is"));
    grants.addAll(state(scope));
    for (String topic : scope.tableTopics()) {
      grants.add(Grant.topic(topic, READ, "know rows of a reference table"));
    }
    return List.copyOf(grants);
  }

  /** What Kafka Streams and the backfills need for their own state. */
  private static List<Grant> state(AccessScope scope) {
    String prefix = scope.applicationPrefix();
    return List.of(
        Grant.prefixed(TOPIC, prefix, CREATE, "make the changelogs"),
        Grant.prefixed(TOPIC, prefix, WRITE, "log the state"),
        Grant.prefixed(TOPIC, prefix, READ, "restore the state"),
        Grant.literal(GROUP, scope.applicationId(), READ, "share the work"),
        Grant.prefixed(TRANSACTIONAL_ID, prefix, WRITE, "process exactly once"),
        Grant.prefixed(GROUP, scope.backfillPrefix(), READ, "go on with a past"),
        Grant.prefixed(
            TRANSACTIONAL_ID, scope.backfillPrefix(), WRITE, "give a past exactly once"));
  }

  private static List<Grant> query(AccessScope scope) {
    List<Grant> grants = new ArrayList<>();
    grants.add(readInstances(scope));
    grants.add(announce(scope));
    grants.add(Grant.topic(scope.name(Topic.CLICK_EVENTS), DESCRIBE, "know how much is accepted"));
    grants.add(Grant.topic(scope.name(Topic.ENRICHED_CLICKS), READ, "show live events"));
    grants.add(Grant.topic(scope.name(Topic.REJECTED_CLICKS), READ, "show live events"));
    grants.add(Grant.topic(scope.name(Topic.CONTROL), READ, "know views and sites"));
    grants.add(Grant.topic(scope.name(Topic.CONTROL), WRITE, "define views and tables"));
    grants.add(Grant.literal(GROUP, scope.applicationId(), DESCRIBE, "know how much is processed"));
    for (String topic : scope.tableTopics()) {
      grants.add(Grant.topic(topic, READ, "know rows of a reference table"));
      grants.add(Grant.topic(topic, DESCRIBE_CONFIGS, "define a reference table"));
    }
    return List.copyOf(grants);
  }

  private static Grant readInstances(AccessScope scope) {
    return Grant.topic(scope.name(Topic.INSTANCES), READ, "find the other instances");
  }

  private static Grant announce(AccessScope scope) {
    return Grant.topic(scope.name(Topic.INSTANCES), WRITE, "be found by the other instances");
  }

  private static List<Grant> admin(AccessScope scope) {
    List<Grant> grants = new ArrayList<>();
    grants.add(Grant.topic(scope.name(Topic.CONTROL), READ, "show sites and keys"));
    grants.add(Grant.topic(scope.name(Topic.CONTROL), WRITE, "change sites and keys"));
    grants.add(Grant.topic(scope.name(Topic.REJECTED_CLICKS), READ, "find events to readmit"));
    grants.add(Grant.topic(scope.name(Topic.CLICK_EVENTS), WRITE, "readmit events"));
    for (String topic : scope.tableTopics()) {
      grants.add(Grant.topic(topic, CREATE, "make the topic of a table"));
      grants.add(Grant.topic(topic, DESCRIBE_CONFIGS, "compare its settings"));
      grants.add(Grant.topic(topic, WRITE, "load rows"));
    }
    return List.copyOf(grants);
  }
}
