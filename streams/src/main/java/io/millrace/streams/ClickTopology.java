package io.millrace.streams;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import io.millrace.model.control.ViewDefinitions;
import io.millrace.streams.judge.ClickProcessor;
import io.millrace.streams.judge.ClickStage;
import io.millrace.streams.judge.StartPositions;
import io.millrace.streams.rollup.CellTasks;
import io.millrace.streams.rollup.CommitHookBuilder;
import io.millrace.streams.rollup.CommitPace;
import io.millrace.streams.rollup.MergeProcessor;
import io.millrace.streams.rollup.PartialBatches;
import io.millrace.streams.rollup.TransactionWatch;
import io.millrace.streams.session.Sessionizer;
import io.millrace.views.ViewPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The graph of both stages.
 *
 * <pre>
 *   click-events ──► judge ──┬──► enriched-clicks
 *                            ├──► rejected-clicks
 *                            ├──► sessions
 *                            └──► rollup-partials ──► merge ──► a topic for each view that asks for one
 * </pre>
 *
 * Records are bytes everywhere, so that bytes which are no event reach the judge instead of
 * stopping the program.
 */
public final class ClickTopology {
  private static final String CLICKS = "clicks";
  private static final String JUDGE = "judge";
  private static final String BATCHES = "batches";
  private static final String MERGE = "merge";

  private ClickTopology() {}

  /** A graph of which nobody can ask where its tasks go on. */
  public static Topology of(Namespace namespace, ClickStage stage, CommitPace pace) {
    return of(namespace, stage, StartPositions.UNKNOWN, pace, new CellTasks());
  }

  /** A graph whose producers tell nothing. */
  public static Topology of(
      Namespace namespace,
      ClickStage stage,
      StartPositions positions,
      CommitPace pace,
      CellTasks tasks) {
    return of(namespace, stage, positions, pace, tasks, new TransactionWatch());
  }

  /**
   * The graph.
   *
   * @param tasks is told who works on which cells, and of each change
   * @param transactions of which the producers tell
   */
  public static Topology of(
      Namespace namespace,
      ClickStage stage,
      StartPositions positions,
      CommitPace pace,
      CellTasks tasks,
      TransactionWatch transactions) {
    var topology = new Topology();
    addJudging(topology, namespace, () -> new ClickProcessor(stage, positions, pace, transactions));
    List<ViewPlan> views = stage.views();
    ViewDefinitions definitions = stage.definedViews().definitions();
    addMerging(
        topology,
        namespace,
        views,
        () -> new MergeProcessor(views, definitions, pace, tasks, transactions));
    return topology;
  }

  private static void addJudging(
      Topology topology,
      Namespace namespace,
      ProcessorSupplier<byte[], byte[], byte[], byte[]> judge) {
    addSource(topology, CLICKS, namespace.qualify(Topic.CLICK_EVENTS.localName()));
    topology.addProcessor(JUDGE, judge, CLICKS);
    topology.addStateStore(store(ClickProcessor.VISITORS), JUDGE);
    topology.addStateStore(store(ClickProcessor.FURTHER_EVENTS).withCachingEnabled(), JUDGE);
    topology.addStateStore(store(Sessionizer.TIMERS), JUDGE);
    topology.addStateStore(inMemoryStore(ClickProcessor.VIEW_STARTS), JUDGE);
    topology.addStateStore(new CommitHookBuilder(ClickProcessor.COMMITS), JUDGE);
    addSink(topology, ClickStage.ENRICHED, namespace, Topic.ENRICHED_CLICKS.localName(), JUDGE);
    addSink(topology, ClickStage.REJECTED, namespace, Topic.REJECTED_CLICKS.localName(), JUDGE);
    addSink(topology, ClickStage.SESSIONS, namespace, Topic.SESSIONS.localName(), JUDGE);
    StreamPartitioner<byte[], byte[]> byTarget =
        (topic, key, value, partitions) -> Optional.of(Set.of(PartialBatches.partition(key)));
    topology.addSink(
        ClickStage.PARTIALS,
        namespace.qualify(Topic.ROLLUP_PARTIALS.localName()),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        byTarget,
        JUDGE);
  }

  private static void addMerging(
      Topology topology,
      Namespace namespace,
      List<ViewPlan> views,
      ProcessorSupplier<byte[], byte[], byte[], byte[]> merge) {
    addSource(topology, BATCHES, namespace.qualify(Topic.ROLLUP_PARTIALS.localName()));
    topology.addProcessor(MERGE, merge, BATCHES);
    topology.addStateStore(store(MergeProcessor.CELLS), MERGE);
    topology.addStateStore(new CommitHookBuilder(MergeProcessor.COMMITS), MERGE);
    for (ViewPlan view : views) {
      view.topic()
          .ifPresent(
              topic -> addSink(topology, MergeProcessor.sinkOf(view), namespace, topic, MERGE));
    }
  }

  /** Without Kafka Streams' cache of bytes: visitors and cells are kept as objects before it. */
  private static StoreBuilder<KeyValueStore<byte[], byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
        .withLoggingEnabled(Map.of());
  }

  /** Of a handful of entries, which are read back from the changelog at each start. */
  private static StoreBuilder<KeyValueStore<byte[], byte[]>> inMemoryStore(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
        .withLoggingEnabled(Map.of());
  }

  private static void addSource(Topology topology, String name, String topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        new RecordTime(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topic);
  }

  private static void addSink(
      Topology topology, String name, Namespace namespace, String topic, String parent) {
    topology.addSink(
        name,
        namespace.qualify(topic),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        parent);
  }
}
