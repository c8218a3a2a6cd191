package io.millrace.ops;

import io.millrace.model.TopicSpec;
import io.millrace.ops.OperationsException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the topics into being. What is already there is compared with what it must be, and any
 * difference stops the start: a topic with another number of partitions or another retention works
 * at first and loses data later.
 */
public final class TopicSetup {
  private static final Logger log = LoggerFactory.getLogger(TopicSetup.class);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Cluster cluster;

  public TopicSetup(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Creates the topics that are missing. Where that is not allowed it waits until somebody else has
   * made them, and where their settings may not be read it leaves the comparison to who may.
   *
   * @return names of those that were made
   * @throws OperationsException listing every difference, where existing topics are not as they
   *     must be
   */
  public List<String> ensure(Collection<TopicSpec> specs) {
    Set<String> existing = cluster.await("list the topics", cluster.admin().listTopics().names());
    List<TopicSpec> present =
        specs.stream().filter(spec -> existing.contains(spec.name())).toList();
    List<TopicSpec> missing =
        specs.stream().filter(spec -> !existing.contains(spec.name())).toList();
    requireNoDifferences(present);
    create(missing);
    // One that somebody else has made meanwhile may differ, also when the list did not have it yet.
    requireNoDifferences(missing);
    return missing.stream().map(TopicSpec::name).toList();
  }

  /** The same of a topic of somebody else, who decides how it is spread. */
  void ensureIgnoringPartitions(TopicSpec spec) {
    Set<String> existing = cluster.await("list the topics", cluster.admin().listTopics().names());
    if (!existing.contains(spec.name())) {
      create(List.of(spec));
      return;
    }
    TopicDescription description =
        cluster
            .await(
                "describe the topic",
                cluster.admin().describeTopics(List.of(spec.name())).allTopicNames())
            .get(spec.name());
    if (description == null) {
      throw new OperationsException(
          Code.CLUSTER_UNAVAILABLE, "The topic " + spec.name() + " is not described");
    }
    requireNoDifferences(
        List.of(
            new TopicSpec(
                spec.name(), description.partitions().size(), (short) 1, spec.settings())));
  }

  private void requireNoDifferences(Collection<TopicSpec> specs) {
    List<String> differences = differences(specs);
    if (!differences.isEmpty()) {
      throw new OperationsException(
          Code.TOPIC_DIFFERS,
          "Topics exist with other settings than Millrace needs:\n  "
              + String.join("\n  ", differences)
              + "\nChange them with Kafka's own tools, or use another namespace.");
    }
  }

  /** What existing topics differ in from what they must be, a line each. */
  public List<String> differences(Collection<TopicSpec> specs) {
    if (specs.isEmpty()) {
      return List.of();
    }
    List<String> names = specs.stream().map(TopicSpec::name).toList();
    Map<String, TopicDescription> described =
        cluster.await("describe the topics", cluster.admin().describeTopics(names).allTopicNames());
    List<ConfigResource> resources =
        names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<ConfigResource, Config> configs = configs(resources);
    var differences = new ArrayList<String>();
    for (TopicSpec spec : specs) {
      TopicDescription description = described.get(spec.name());
      Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, spec.name()));
      if (description != null) {
        differences.addAll(differences(spec, description));
      }
      if (config != null) {
        differences.addAll(differences(spec, config));
      }
    }
    return differences;
  }

  private Map<ConfigResource, Config> configs(List<ConfigResource> resources) {
    try {
      return cluster.await(
          "read the topics' settings", cluster.admin().describeConfigs(resources).all());
    } catch (OperationsException failure) {
      if (failure.getCause() instanceof AuthorizationException) {
        log.atInfo().log("The settings of topics may not be read and are not compared");
        return Map.of();
      }
      throw failure;
    }
  }

  private static List<String> differences(TopicSpec spec, TopicDescription description) {
    var differences = new ArrayList<String>();
    int partitions = description.partitions().size();
    if (partitions != spec.partitions()) {
      differences.add(difference(spec, "partitions", spec.partitions(), partitions));
    }
    int replicas = description.partitions().getFirst().replicas().size();
    if (replicas < spec.replicationFactor()) {
      differences.add(difference(spec, "replication factor", spec.replicationFactor(), replicas));
    }
    return differences;
  }

  private static List<String> differences(TopicSpec spec, Config config) {
    var differences = new ArrayList<String>();
    spec.settings()
        .forEach(
            (key, wanted) -> {
              ConfigEntry entry = config.get(key);
              String actual = entry == null ? "" : String.valueOf(entry.value());
              if (!wanted.equals(actual)) {
                differences.add(difference(spec, key, wanted, actual));
              }
            });
    return differences;
  }

  private static String difference(TopicSpec spec, String what, Object wanted, Object actual) {
    return spec.name() + ": " + what + " is " + actual + ", must be " + wanted;
  }

  private void create(List<TopicSpec> missing) {
    List<NewTopic> topics =
        missing.stream()
            .map(
                spec ->
                    new NewTopic(spec.name(), spec.partitions(), spec.replicationFactor())
                        .configs(new HashMap<>(spec.settings())))
            .toList();
    var created = cluster.admin().createTopics(topics).values();
    created.forEach(
        (name, answer) -> {
          try {
            cluster.await("create the topic " + name, answer);
          } catch (OperationsException failure) {
            // Another process of the same cluster may have been quicker, or has to do it.
            if (failure.getCause() instanceof AuthorizationException) {
              log.atInfo()
                  .addKeyValue("topic", name)
                  .log("May not make a topic and waits until somebody has made it");
            } else if (!(failure.getCause() instanceof TopicExistsException)) {
              throw failure;
            }
          }
        });
    awaitDescribable(missing.stream().map(TopicSpec::name).collect(Collectors.toSet()));
    awaitReadable(missing);
  }

  /** A broker may have heard of a new topic later than the controller that made it. */
  private void awaitDescribable(Set<String> names) {
    long deadline = System.nanoTime() + Cluster.TIMEOUT.toNanos();
    Set<String> unseen = unseen(names);
    while (!unseen.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new OperationsException(
            Code.CLUSTER_UNAVAILABLE,
            "There are topics missing, or not allowed to be seen, of: "
                + unseen.stream().sorted().toList()
                + ". A processor makes them; millrace acls tells who may do what.");
      }
      pause();
      unseen = unseen(names);
    }
  }

  private Set<String> unseen(Set<String> names) {
    var unseen = new HashSet<>(names);
    unseen.removeAll(cluster.await("list the topics", cluster.admin().listTopics().names()));
    return unseen;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new OperationsException(
          Code.CLUSTER_UNAVAILABLE, "Stopped while waiting for topics", stopped);
    }
  }

  /**
   * Waits until each partition answers. A producer that writes to one that is not there yet may
   * have its first batch refused and the one behind it taken, and is stuck then.
   */
  private void awaitReadable(List<TopicSpec> made) {
    var partitions = new HashMap<TopicPartition, OffsetSpec>();
    for (TopicSpec topic : made) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        partitions.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    cluster.await("find the new partitions", cluster.admin().listOffsets(partitions).all());
  }
}
