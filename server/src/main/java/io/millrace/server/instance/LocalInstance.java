package io.millrace.server.instance;

import io.millrace.collector.CollectorService;
import io.millrace.collector.log.KafkaClickLog;
import io.millrace.collector.sender.SaltFile;
import io.millrace.model.SiteId;
import io.millrace.model.Topic;
import io.millrace.model.TopicSpec;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.Permission;
import io.millrace.model.control.WriteKey;
import io.millrace.ops.Audit;
import io.millrace.ops.Cluster;
import io.millrace.ops.ControlLog;
import io.millrace.ops.OffsetReader;
import io.millrace.ops.ProcessedRecords;
import io.millrace.ops.TopicSetup;
import io.millrace.query.DashboardService;
import io.millrace.query.QueryConfig;
import io.millrace.query.QueryService;
import io.millrace.query.sql.push.PushConfig;
import io.millrace.server.ApplicationLog;
import io.millrace.server.DataFolder;
import io.millrace.server.ExitSequence;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.streams.ClickStreams;
import io.millrace.streams.KafkaClickFeed;
import io.millrace.streams.KafkaClickTail;
import io.millrace.streams.StreamsSettings;
import io.millrace.streams.backfill.BackfillSettings;
import io.millrace.streams.backfill.Backfills;
import io.millrace.streams.backfill.RecentClicks;
import io.millrace.streams.enrich.Enricher;
import io.millrace.streams.enrich.EnrichmentSources;
import io.millrace.streams.judge.ClickStage;
import io.millrace.streams.table.TableFollowers;
import io.millrace.views.Books;
import io.millrace.views.DefinedViews;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import io.millrace.views.sql.SqlViewCompiler;
import io.millrace.views.sql.TableCompiler;
import io.millrace.views.table.ReferenceTables;
import io.millrace.views.table.TableLimits;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A whole Millrace on one machine: Kafka in a process of its own; collector, processing and queries
 * in this one. Built here from the bottom up, stopped in reverse, also at the end of the process.
 * Safe for any number of threads.
 */
public final class LocalInstance implements AutoCloseable {
  private static final Duration TABLES_PATIENCE = Duration.ofSeconds(20);

  private final Parts parts = new Parts();
  private final InstanceConfig config;
  private final LocalKafka kafka;
  private final ControlLog control;
  private final ClickStreams streams;
  private final HttpServer http;
  private final CompletableFuture<String> failure = new CompletableFuture<>();

  /**
   * Starts everything, and returns when it serves.
   *
   * @param announce is told in a few words what comes next
   */
  public static LocalInstance start(InstanceConfig config, Consumer<String> announce) {
    return new LocalInstance(config, announce);
  }

  private LocalInstance(InstanceConfig config, Consumer<String> announce) {
    this.config = config;
    ExitSequence.add(parts);
    try {
      DataFolder folder = parts.add(DataFolder.open(config.dataFolder()));
      // After the folder: whoever has that, says where it serves.
      HttpServer.requireFree(config.host(), config.port());
      ApplicationLog.writeTo(folder.path().resolve("logs"));
      EnrichmentSources sources = parts.add(sources(folder.path()));

      announce.accept("Starting Kafka");
      kafka = parts.add(startKafka(folder.path()));
      // At the end of the process what was added last is closed first, and Kafka has added itself.
      ExitSequence.remove(parts);
      ExitSequence.add(parts);
      parts.add(KafkaAddress.note(folder.path(), kafka.bootstrapServers()));
      watch(kafka, sources);
      Map<String, String> connection = Map.of("bootstrap.servers", kafka.bootstrapServers());
      Cluster cluster = parts.add(Cluster.connect(connection));
      new TopicSetup(cluster).ensure(topics());
      control = parts.add(ControlLog.open(connection, config.namespace()));

      announce.accept("Starting the processing");
      var registry = new PrometheusRegistry();
      var metrics = new InstanceMetrics(registry);
      var enricher = new Enricher(sources, metrics::enriched);
      var tables =
          new ReferenceTables(control.views(), TableCompiler::compile, TableLimits.DEFAULT);
      var views = new DefinedViews(control.views(), new SqlViewCompiler(tables));
      // Before the processing, which waits for the tables that its views read.
      TableFollowers followers =
          parts.add(TableFollowers.start(connection, config.namespace(), tables, views));
      // One that takes longer holds up the tasks of the views that read it, and not the start.
      var _ = followers.awaitRead(TABLES_PATIENCE);
      streams = parts.add(startStreams(folder.path(), connection, enricher, views, metrics));
      var pasts = new BackfillSettings(connection, config.namespace(), config.topics());
      Backfills backfills = parts.add(Backfills.start(pasts, views, streams, control::append));
      parts.add(PartialsTrimmer.start(partials(cluster)));
      KafkaClickFeed feed = parts.add(KafkaClickFeed.start(connection, config.namespace()));
      KafkaClickTail tail = parts.add(KafkaClickTail.start(connection, config.namespace()));

      announce.accept("Starting the collector and the dashboard");
      InstantSource clock = InstantSource.system();
      var books = new Books(streams, config.topics().rollupPartitions());
      var offsets = clickOffsets(cluster);
      LogProgress progress =
          parts.add(
              LogProgress.start(
                  offsets::ends, books::read, config.judging().allowedLateness(), clock));
      metrics.observe(streams, progress);
      metrics.observe(views, backfills);
      metrics.observe(enricher, sources);
      KafkaClickLog clickLog =
          parts.add(
              new KafkaClickLog(
                  new HashMap<>(connection),
                  config.namespace(),
                  config.collector().bufferMemory()));
      var collector =
          new CollectorService(
              config.collector(),
              control.directory(),
              clickLog,
              new SaltFile(folder.path().resolve("salts")),
              clock,
              registry,
              Resources.tracker());
      var query =
          new QueryService(
              QueryConfig.defaults(),
              PushConfig.defaults(),
              views,
              new LocalViewControl(
                  control, tables, followers.topics(), backfills, new RecentClicks(pasts)),
              streams,
              control.directory(),
              progress,
              feed,
              tail,
              clock,
              registry);
      var operations =
          new OperationsService(new Audit(offsets, books::read, clock), this::obstacle, registry);
      http =
          parts.add(
              HttpServer.start(
                  config.host(),
                  config.port(),
                  routing ->
                      routing
                          .addFilter(new LoopbackHosts())
                          .register(collector)
                          .register(operations)
                          .register(QueryService.ROOT, query)
                          .register(new DashboardService(config.sample()))));
      // Closed before the server, which would wait for open streams of events.
      parts.add(query);
      folder.publish(url().toString());
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  private EnrichmentSources sources(Path folder) {
    return config
        .geoFile()
        .map(file -> EnrichmentSources.load(file, folder.resolve("geo")))
        .orElseGet(EnrichmentSources::load);
  }

  private LocalKafka startKafka(Path folder) {
    return LocalKafka.start(
        LocalKafkaConfig.oneBroker(folder.resolve("kafka")).withLogFolder(folder.resolve("logs")));
  }

  private void watch(LocalKafka brokers, EnrichmentSources sources) {
    var _ = brokers.firstDeath().thenAccept(death -> failure.complete(death.message()));
    var _ =
        sources
            .ready()
            .exceptionally(
                cause -> {
                  failure.complete(
                      "What events are enriched with cannot be loaded: " + cause.getMessage());
                  return null;
                });
  }

  private ClickStreams startStreams(
      Path folder,
      Map<String, String> connection,
      Enricher enricher,
      DefinedViews views,
      InstanceMetrics metrics) {
    var settings =
        new StreamsSettings(
            config.namespace(),
            connection,
            folder.resolve("state"),
            config.threads(),
            config.commits(),
            config.topics().replicationFactor());
    var stage =
        new ClickStage(
            config.judging(),
            config.sessions(),
            control.directory()::inactivityMillis,
            enricher,
            ViewCatalog.builtIn().plans(),
            config.topics().rollupPartitions(),
            metrics::judged);
    return ClickStreams.start(settings, stage.with(views));
  }

  private List<TopicSpec> topics() {
    var specs = new ArrayList<TopicSpec>();
    for (Topic topic : Topic.values()) {
      specs.add(topic.spec(config.namespace(), config.topics()));
    }
    for (ViewPlan view : ViewCatalog.builtIn().plans()) {
      view.topic()
          .ifPresent(topic -> specs.add(Topic.ofView(topic, config.namespace(), config.topics())));
    }
    return specs;
  }

  private ProcessedRecords partials(Cluster cluster) {
    return new ProcessedRecords(
        cluster,
        config.namespace().qualify(Topic.ROLLUP_PARTIALS.localName()),
        StreamsSettings.applicationId(config.namespace()));
  }

  private OffsetReader clickOffsets(Cluster cluster) {
    return new OffsetReader(
        cluster,
        config.namespace().qualify(Topic.CLICK_EVENTS.localName()),
        StreamsSettings.applicationId(config.namespace()));
  }

  /** Where it serves. */
  public URI url() {
    return URI.create("http://" + config.host() + ":" + http.port());
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** Process ids of the brokers. */
  public List<Long> brokerProcessIds() {
    return kafka.processIds();
  }

  /** Completes with what there is to say when something fails without which nothing can go on. */
  public CompletableFuture<String> failure() {
    return failure;
  }

  /** Makes a site known, and a secret valid for writing to it. */
  public void admit(SiteId site, String name, String secret, Set<Permission> permissions) {
    if (control.directory().site(site).isEmpty()) {
      control.append(new ControlCommand.RegisterSite(site, name));
    }
    if (!control.directory().keyOf(secret).equals(Optional.of(new WriteKey(site, permissions)))) {
      control.append(new ControlCommand.IssueKey(WriteKey.hash(secret), site, permissions));
    }
  }

  /** Makes a secret worthless. */
  public void revoke(String secret) {
    control.append(new ControlCommand.RevokeKey(WriteKey.hash(secret)));
  }

  private Optional<String> obstacle() {
    return control.isFollowing()
        ? streams.obstacle()
        : Optional.of("sites and keys are not followed any longer; restart the process");
  }

  /** Whether the processing has begun to work on all partitions. */
  public boolean isReady() {
    return streams.isRunning();
  }

  /** Waits until it is ready; false when it is not within the patience. */
  public boolean awaitReady(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!isReady() && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    return isReady();
  }

  @Override
  public void close() {
    parts.close();
    ExitSequence.remove(parts);
  }
}
