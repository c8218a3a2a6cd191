package io.millrace.ops.doctor;

import io.millrace.model.TopicSpec;
import io.millrace.ops.Cluster;
import io.millrace.ops.Grant;
import io.millrace.ops.OperationsException;
import io.millrace.ops.TopicSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Asks a cluster for everything that is judged. Nothing is changed, but for {@link ScratchTopic},
 * which is made to measure with and deleted. Used by one thread.
 */
public final class ClusterExamination implements AutoCloseable {
  private static final Set<String> KAFKAS = Set.of("__consumer_offsets", "__transaction_state");

  private final Admin admin;
  private final Map<String, String> connection;
  private final Needs needs;
  private final Asking asking = new Asking();

  private ClusterExamination(Admin admin, Map<String, String> connection, Needs needs) {
    this.admin = admin;
    this.connection = connection;
    this.needs = needs;
  }

  /**
   * Connects; nothing is asked yet.
   *
   * @param connection settings that any client needs, by Kafka's names
   */
  public static ClusterExamination of(Map<String, String> connection, Needs needs) {
    var settings = new HashMap<String, Object>(connection);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) Asking.PATIENCE.toMillis() - 1_000);
    return new ClusterExamination(Admin.create(settings), Map.copyOf(connection), needs);
  }

  /** Why the cluster does not talk to us; empty where it does. */
  public Optional<String> obstacle() {
    return asking.failure(admin.describeCluster().nodes()).map(Asking::reason);
  }

  /**
   * Looks at everything.
   *
   * @param measure whether to write some records, to learn how long that takes and what the
   *     brokers' clocks say
   */
  public ClusterFacts run(boolean measure) {
    Collection<Node> nodes =
        asking.answer("the brokers", admin.describeCluster().nodes()).orElse(List.of());
    Optional<FeatureMetadata> features =
        asking.answer("versions and features", admin.describeFeatures().featureMetadata());
    Set<String> existing =
        asking
            .answer(
                "the topics", admin.listTopics(new ListTopicsOptions().listInternal(true)).names())
            .orElse(Set.of());
    List<BrokerFacts> brokers = brokers(nodes);
    List<TopicFacts> topics = topics(existing);
    Map<String, String> creations = creations(existing);
    List<String> differences = differences(existing);
    List<String> refused = refusedGroups();
    List<AppendTimes> appends =
        measure
            ? new ScratchTopic(admin, connection, needs, asking)
                .measure(nodes.stream().map(Node::id).sorted().toList())
            : List.of();
    return new ClusterFacts(
        brokers,
        features.map(ClusterExamination::supported).orElse(Map.of()),
        features.map(ClusterExamination::used).orElse(Map.of()),
        topics,
        differences,
        creations,
        asking.unseen(),
        refused,
        appends);
  }

  private static Map<String, Integer> supported(FeatureMetadata features) {
    return features.supportedFeatures().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> (int) each.getValue().maxVersion()));
  }

  private static Map<String, Integer> used(FeatureMetadata features) {
    return features.finalizedFeatures().entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, each -> (int) each.getValue().maxVersionLevel()));
  }

  private List<BrokerFacts> brokers(Collection<Node> nodes) {
    List<ConfigResource> resources =
        nodes.stream()
            .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
            .toList();
    Map<ConfigResource, Config> configs =
        nodes.isEmpty()
            ? Map.of()
            : asking
                .answer("the settings of the brokers", admin.describeConfigs(resources).all())
                .orElse(Map.of());
    return nodes.stream()
        .map(
            node ->
                new BrokerFacts(
                    node.id(),
                    node.host() + ":" + node.port(),
                    Optional.ofNullable(node.rack()),
                    settings(
                        configs, new ConfigResource(ConfigResource.Type.BROKER, node.idString()))))
        .toList();
  }

  private static Map<String, String> settings(
      Map<ConfigResource, Config> configs, ConfigResource resource) {
    Config config = configs.get(resource);
    var settings = new HashMap<String, String>();
    if (config != null) {
      for (ConfigEntry entry : config.entries()) {
        if (entry.value() != null && !entry.isSensitive()) {
          settings.put(entry.name(), entry.value());
        }
      }
    }
    return settings;
  }

  /** Those of Millrace, those of its state, and those that Kafka keeps transactions in. */
  private List<TopicFacts> topics(Set<String> existing) {
    Set<String> wanted =
        needs.topics().stream().map(TopicSpec::name).collect(Collectors.toCollection(HashSet::new));
    wanted.addAll(KAFKAS);
    List<String> names =
        existing.stream()
            .filter(name -> wanted.contains(name) || name.startsWith(needs.internalTopicPrefix()))
            .sorted()
            .toList();
    if (names.isEmpty()) {
      return List.of();
    }
    Map<String, TopicDescription> described =
        asking
            .answer(
                "partitions and rights of the topics",
                admin
                    .describeTopics(
                        names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .allTopicNames())
            .orElse(Map.of());
    var configs = new HashMap<ConfigResource, Config>();
    // Each by itself, since one that may not be read would keep the others unread.
    admin
        .describeConfigs(
            names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList())
        .values()
        .forEach(
            (resource, answer) ->
                asking
                    .answer("settings of the topic " + resource.name(), answer)
                    .ifPresent(config -> configs.put(resource, config)));
    return described.values().stream().map(topic -> facts(topic, configs)).toList();
  }

  private static TopicFacts facts(TopicDescription topic, Map<ConfigResource, Config> configs) {
    int fewest = Integer.MAX_VALUE;
    int fewestInSync = Integer.MAX_VALUE;
    int leaderless = 0;
    int incomplete = 0;
    for (TopicPartitionInfo partition : topic.partitions()) {
      fewest = Math.min(fewest, partition.replicas().size());
      fewestInSync = Math.min(fewestInSync, partition.isr().size());
      leaderless += partition.leader() == null || partition.leader().isEmpty() ? 1 : 0;
      incomplete += partition.isr().size() < partition.replicas().size() ? 1 : 0;
    }
    return new TopicFacts(
        topic.name(),
        fewest,
        fewestInSync,
        leaderless,
        incomplete,
        settings(configs, new ConfigResource(ConfigResource.Type.TOPIC, topic.name())),
        topic.authorizedOperations() == null ? Set.of() : topic.authorizedOperations());
  }

  private List<String> differences(Set<String> existing) {
    List<TopicSpec> present =
        needs.topics().stream().filter(spec -> existing.contains(spec.name())).toList();
    try (Cluster cluster = Cluster.connect(connection)) {
      return new TopicSetup(cluster).differences(present);
    } catch (OperationsException failure) {
      asking.note("whether topics differ (" + Asking.reason(failure) + ")");
      return List.of();
    }
  }

  /** Asks for each missing topic whether it could be made, without making it. */
  private Map<String, String> creations(Set<String> existing) {
    var creations = new TreeMap<String, String>();
    List<NewTopic> missing =
        needs.topics().stream()
            .filter(spec -> !existing.contains(spec.name()))
            .map(
                spec ->
                    new NewTopic(spec.name(), spec.partitions(), spec.replicationFactor())
                        .configs(new HashMap<>(spec.settings())))
            .toList();
    admin
        .createTopics(missing, new CreateTopicsOptions().validateOnly(true))
        .values()
        .forEach(
            (name, answer) ->
                creations.put(
                    name,
                    asking
                        .failure(answer)
                        // There, but this user may not see it; what the rights lack is told apart.
                        .filter(failure -> !(failure instanceof TopicExistsException))
                        .map(Asking::reason)
                        .orElse("")));
    return creations;
  }

  /** Groups and ids of transactions, of which brokers tell by refusing to describe them. */
  private List<String> refusedGroups() {
    var refused = new ArrayList<String>();
    needs
        .grants()
        .forEach(
            (role, grants) ->
                grants.forEach(
                    grant -> {
                      if (isRefused(grant)) {
                        refused.add(
                            "no right to use the "
                                + (isGroup(grant) ? "group " : "transactional id ")
                                + nameFor(grant)
                                + ": the "
                                + role
                                + " cannot "
                                + grant.ability());
                      }
                    }));
    return refused.stream().distinct().toList();
  }

  private boolean isRefused(Grant grant) {
    Optional<Throwable> failure =
        switch (grant.resource().resourceType()) {
          case GROUP -> asking.failure(admin.describeConsumerGroups(List.of(nameFor(grant))).all());
          case TRANSACTIONAL_ID ->
              asking.failure(
                  admin.describeTransactions(List.of(nameFor(grant))).description(nameFor(grant)));
          case UNKNOWN, ANY, TOPIC, CLUSTER, DELEGATION_TOKEN, USER -> Optional.empty();
        };
    return failure.filter(AuthorizationException.class::isInstance).isPresent();
  }

  private static boolean isGroup(Grant grant) {
    return grant.resource().resourceType() == ResourceType.GROUP;
  }

  /** One that a prefix covers. */
  private static String nameFor(Grant grant) {
    return grant.resource().name()
        + (grant.resource().patternType() == PatternType.PREFIXED ? "doctor" : "");
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
  }
}
