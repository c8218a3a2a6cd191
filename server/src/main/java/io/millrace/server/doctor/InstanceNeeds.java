package io.millrace.server.doctor;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import io.millrace.model.TopicSpec;
import io.millrace.ops.AccessRole;
import io.millrace.ops.AccessScope;
import io.millrace.ops.Grant;
import io.millrace.ops.RoleGrants;
import io.millrace.ops.doctor.Needs;
import io.millrace.server.config.MillraceConfig;
import io.millrace.server.instance.Role;
import io.millrace.streams.GroupProtocol;
import io.millrace.streams.StreamsSettings;
import io.millrace.streams.backfill.BackfillSettings;
import io.millrace.views.ViewCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What an instance of a configuration needs of its cluster. */
final class InstanceNeeds {
  private InstanceNeeds() {}

  static Needs of(MillraceConfig config) {
    Namespace namespace = config.namespace();
    StreamsSettings streams =
        new StreamsSettings(
            namespace,
            Map.of(),
            config.data().resolve("state"),
            config.processing().threads(),
            config.processing().commitPace(),
            config.topics().replicationFactor());
    Properties properties = streams.toProperties();
    return new Needs(
        topics(config),
        config.topics().replicationFactor(),
        grants(config),
        streams.applicationId() + "-",
        namespace.qualify("doctor"),
        millis(properties, StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG)),
        millis(
            properties, StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG)),
        config.processing().groupProtocol() == GroupProtocol.STREAMS);
  }

  private static Duration millis(Properties properties, String key) {
    return Duration.ofMillis(Long.parseLong(String.valueOf(properties.get(key))));
  }

  private static List<TopicSpec> topics(MillraceConfig config) {
    var specs = new ArrayList<TopicSpec>();
    for (Topic topic : Role.topics(config.roles())) {
      specs.add(topic.spec(config.namespace(), config.topics()));
    }
    if (config.roles().contains(Role.PROCESSOR)) {
      for (String topic : viewTopics()) {
        specs.add(Topic.ofView(topic, config.namespace(), config.topics()));
      }
    }
    return specs;
  }

  private static List<String> viewTopics() {
    return ViewCatalog.builtIn().plans().stream().flatMap(view -> view.topic().stream()).toList();
  }

  private static Map<AccessRole, List<Grant>> grants(MillraceConfig config) {
    Namespace namespace = config.namespace();
    var scope =
        new AccessScope(
            namespace,
            StreamsSettings.applicationId(namespace),
            BackfillSettings.idPrefix(namespace),
            viewTopics().stream().map(namespace::qualify).toList(),
            List.of());
    Map<AccessRole, List<Grant>> grants = new EnumMap<>(AccessRole.class);
    for (Role role : Set.copyOf(config.roles())) {
      grants.put(role.access(), RoleGrants.of(role.access(), scope));
    }
    return grants;
  }
}
