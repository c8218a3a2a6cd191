package io.millrace.bench.engine;

import io.millrace.model.EnrichedClick;
import io.millrace.model.TopicLayout;
import io.millrace.streams.rollup.Combiner;
import io.millrace.streams.rollup.CommitHookBuilder;
import io.millrace.streams.rollup.CommitPace;
import io.millrace.streams.rollup.Commits;
import io.millrace.streams.rollup.MergeProcessor;
import io.millrace.streams.rollup.PartialBatches;
import io.millrace.streams.rollup.TransactionWatch;
import io.millrace.views.JudgedClick;
import io.millrace.views.ViewPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The article's job by Millrace's two stages: the same input, the same rules, the same outputs, one
 * view and nothing judged, with the combiner between the stages and bytes instead of objects
 * ({@link JsonEnricher}). What the bytes save, the floor that reads JSON as bytes saves too.
 */
public record CombinerProgram() implements Contender {
  private static final String CLICKS = "clicks";
  private static final String STAGE = "stage";
  private static final String ENRICHED = "enriched";
  private static final String PARTIALS = "partials";
  private static final String BATCHES = "batches";
  private static final String MERGE = "merge";
  private static final String STAGE_COMMITS = "stage-commits";
  private static final String NONE = "none";

  @Override
  public String name() {
    return "Millrace's combiner, same job";
  }

  @Override
  public Format format() {
    return Format.JSON;
  }

  @Override
  public List<String> command(Job job) {
    return JavaCommand.of(CombinerProgram.class, job);
  }

  @Override
  public long count(byte[] value) {
    return Whole.countIn(value);
  }

  /** Runs until it is asked to end. */
  public static void main(String[] arguments) {
    Job job = Job.parse(arguments);
    StreamsProgram.start("combiner", job, topology(job, BenchViews.first(1)), settings());
  }

  private static Map<String, Object> settings() {
    var settings = new HashMap<String, Object>();
    Tuning.PRODUCER.forEach((key, value) -> settings.put(StreamsConfig.producerPrefix(key), value));
    settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 2_000);
    settings.put(StreamsConfig.POLL_MS_CONFIG, 20);
    settings.put(
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, CommitPace.DEFAULT.catchingUp().toMillis());
    return settings;
  }

  private static Topology topology(Job job, List<ViewPlan> views) {
    var topology = new Topology();
    var bytes = new ByteArrayDeserializer();
    var toBytes = new ByteArraySerializer();
    StreamPartitioner<byte[], byte[]> byTarget =
        (topic, key, value, partitions) -> Optional.of(Set.of(PartialBatches.partition(key)));
    topology.addSource(CLICKS, bytes, bytes, job.clicks());
    topology.addProcessor(STAGE, () -> new Stage(views), CLICKS);
    topology.addStateStore(new CommitHookBuilder(STAGE_COMMITS), STAGE);
    topology.addSink(ENRICHED, job.enriched(), toBytes, toBytes, STAGE);
    topology.addSink(PARTIALS, job.partials(), toBytes, toBytes, byTarget, STAGE);
    topology.addSource(BATCHES, bytes, bytes, job.partials());
    topology.addProcessor(MERGE, () -> new MergeProcessor(views, CommitPace.DEFAULT), BATCHES);
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(MergeProcessor.CELLS),
            Serdes.ByteArray(),
            Serdes.ByteArray()),
        MERGE);
    topology.addStateStore(new CommitHookBuilder(MergeProcessor.COMMITS), MERGE);
    topology.addSink(
        MergeProcessor.sinkOf(views.getFirst()), job.counts(), toBytes, toBytes, MERGE);
    return topology;
  }

  /** What the view looks at is the URL alone, so all clicks on a page are one to it. */
  static JudgedClick clickOn(String url) {
    var click = new JsonClick(NONE, NONE, NONE, url, "", "", "", "", "", "", 0).toEvent();
    return JudgedClick.counted(new EnrichedClick(click, SimpleRules.NOTHING), 0, 0, 0);
  }

  /** Stage 1 without judging, from bytes to bytes. */
  private static final class Stage implements Processor<byte[], byte[], byte[], byte[]> {
    private final List<ViewPlan> views;
    private final JsonEnricher<JudgedClick> enricher = new JsonEnricher<>(CombinerProgram::clickOn);
    private @Nullable Live live;

    private record Live(
        ProcessorContext<byte[], byte[]> context, Combiner combiner, Commits commits) {}

    Stage(List<ViewPlan> views) {
      this.views = views;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      var batches = new PartialBatches(TopicLayout.LOCAL.rollupPartitions());
      var combiner = new Combiner(context, views, batches, PARTIALS);
      var commits =
          Commits.bind(context, STAGE_COMMITS, CommitPace.DEFAULT, new TransactionWatch());
      commits.before(combiner::send);
      live = new Live(context, combiner, commits);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      Live now = live;
      if (now == null) {
        throw new IllegalStateException("a record came before init");
      }
      JsonEnricher.Enriched<JudgedClick> enriched = enricher.enrich(record.value());
      now.context.forward(
          new Record<>(record.key(), enriched.json(), record.timestamp()), ENRICHED);
      now.combiner.add(enriched.page());
      now.commits.gathered(record.timestamp());
    }
  }
}
