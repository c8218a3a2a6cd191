package io.millrace.server.instance;

import io.millrace.model.Topic;
import io.millrace.model.TopicSpec;
import io.millrace.model.control.TokenDirectory;
import io.millrace.ops.Cluster;
import io.millrace.ops.ControlLog;
import io.millrace.ops.OffsetReader;
import io.millrace.ops.ProcessedRecords;
import io.millrace.ops.TopicSetup;
import io.millrace.server.cells.CellsConfig;
import io.millrace.server.cells.Instances;
import io.millrace.streams.OwnCells;
import io.millrace.streams.StreamsSettings;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What every role stands on: the cluster with its topics, what was commanded, and a place for
 * metrics.
 *
 * @param folder where this process keeps its files
 * @param connection settings that any client needs to reach the cluster, by Kafka's names
 * @param isShared whether other processes may do the same work on that cluster
 * @param access lets in those who may ask
 */
record Foundation(
    InstanceConfig config,
    Path folder,
    Map<String, String> connection,
    boolean isShared,
    Cluster cluster,
    ControlLog control,
    Admission access,
    InstantSource clock,
    PrometheusRegistry registry,
    InstanceMetrics metrics) {

  /**
   * Makes the topics of its roles that are missing, or waits for them where it may not, and reads
   * what was commanded so far.
   */
  static Foundation lay(
      InstanceConfig config,
      Path folder,
      Map<String, String> connection,
      boolean isShared,
      Parts parts) {
    Cluster cluster = parts.add(Cluster.connect(connection));
    new TopicSetup(cluster).ensure(topics(config));
    ControlLog control = parts.add(ControlLog.open(connection, config.namespace()));
    var registry = new PrometheusRegistry();
    return new Foundation(
        config,
        folder,
        connection,
        isShared,
        cluster,
        control,
        Admission.of(config, control.tokens()),
        InstantSource.system(),
        registry,
        new InstanceMetrics(registry));
  }

  private static List<TopicSpec> topics(InstanceConfig config) {
    var specs = new ArrayList<TopicSpec>();
    for (Topic topic : Role.topics(config.roles())) {
      specs.add(topic.spec(config.namespace(), config.topics()));
    }
    if (config.has(Role.PROCESSOR)) {
      for (ViewPlan view : ViewCatalog.builtIn().plans()) {
        view.topic()
            .ifPresent(
                topic -> specs.add(Topic.ofView(topic, config.namespace(), config.topics())));
      }
    }
    return specs;
  }

  /** Those who may ask. */
  TokenDirectory tokens() {
    return control.tokens();
  }

  /**
   * Begins to listen to the other instances.
   *
   * @param own the cells that this one has itself
   */
  Instances meet(OwnCells own) {
    return Instances.start(
        UUID.randomUUID().toString(),
        own,
        connection,
        config.namespace(),
        config.security().clusterSecret(),
        config.security().trustAmongInstances(),
        CellsConfig.DEFAULT,
        registry);
  }

  /** How far click-events are written and processed. */
  OffsetReader clickOffsets() {
    return new OffsetReader(cluster, qualified(Topic.CLICK_EVENTS), processorGroup());
  }

  /** The partials that are merged. */
  ProcessedRecords mergedPartials() {
    return new ProcessedRecords(cluster, qualified(Topic.ROLLUP_PARTIALS), processorGroup());
  }

  private String qualified(Topic topic) {
    return config.namespace().qualify(topic.localName());
  }

  private String processorGroup() {
    return StreamsSettings.applicationId(config.namespace());
  }
}
