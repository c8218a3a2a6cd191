package io.millrace.server.cells;

import io.millrace.model.Namespace;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.instance.Announcement;
import io.millrace.model.instance.InstanceDirectory;
import io.millrace.ops.InstanceLog;
import io.millrace.query.access.Access;
import io.millrace.server.security.ClusterSecret;
import io.millrace.streams.OwnCells;
import io.millrace.views.BackfillProgress;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * This instance among all: knows the others, asks them, and is known to them from {@link #announce}
 * on. Safe for any number of threads.
 */
public final class Instances implements AutoCloseable {
  private final String self;
  private final OwnCells own;
  private final CellsConfig config;
  private final InstanceLog log;
  private final InstanceDirectory directory;
  private final CopyLags lags = new CopyLags();
  private final HttpCells remote;
  private final ClusterCells cells;
  private Optional<Announcer> announcer = Optional.empty();

  private Instances(
      String self,
      OwnCells own,
      Map<String, String> connection,
      Namespace namespace,
      Optional<ClusterSecret> secret,
      Optional<SSLContext> tls,
      CellsConfig config,
      PrometheusRegistry registry) {
    this.self = self;
    this.own = own;
    this.config = config;
    directory = new InstanceDirectory(config.awayAfter());
    log = InstanceLog.start(connection, namespace, directory);
    remote = new HttpCells(config, secret, tls, InstantSource.system());
    cells =
        new ClusterCells(own, directory, self, lags, remote, config, new CellsMetrics(registry));
    observe(registry);
  }

  /**
   * Begins to listen to the others.
   *
   * @param self the id of this instance, another one for each process
   * @param own the cells that it has itself
   * @param connection settings that any client needs to reach the cluster, by Kafka's names
   * @param secret by which they know each other; empty where they ask nobody who they are
   * @param tls whom to trust when others are asked over TLS; empty for whom Java trusts
   */
  public static Instances start(
      String self,
      OwnCells own,
      Map<String, String> connection,
      Namespace namespace,
      Optional<ClusterSecret> secret,
      Optional<SSLContext> tls,
      CellsConfig config,
      PrometheusRegistry registry) {
    return new Instances(self, own, connection, namespace, secret, tls, config, registry);
  }

  private void observe(PrometheusRegistry registry) {
    GaugeWithCallback.builder()
        .name("millrace_instances")
        .help("Instances that this one knows of, by whether they have been heard of lately")
        .labelNames("state")
        .callback(
            callback -> {
              long now = System.nanoTime();
              long away =
                  directory.members().stream()
                      .filter(member -> directory.isAway(member, now))
                      .count();
              callback.call((double) (directory.members().size() - away), "present");
              callback.call((double) away, "away");
            })
        .register(registry);
    CounterWithCallback.builder()
        .name("millrace_announcements_unreadable_total")
        .help("Records of the topic instances that could not be understood and were passed over")
        .callback(callback -> callback.call((double) log.unreadable()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("millrace_cell_copy_lag_records")
        .help("What the copies of cells that this instance has are behind, in records")
        .labelNames("partition")
        .callback(
            callback ->
                lags.copies()
                    .values()
                    .forEach(
                        copy -> {
                          if (!own.has(copy.partition())) {
                            callback.call((double) copy.lag(), Integer.toString(copy.partition()));
                          }
                        }))
        .register(registry);
  }

  /**
   * Says who this is, and what it has, from now on.
   *
   * @param pasts the views that are given their past here
   */
  public synchronized void announce(InstanceFacts facts, Supplier<List<Announcement.Past>> pasts) {
    var announcing = new Announcer(facts, own, lags, pasts, log::announce);
    announcing.start();
    announcer = Optional.of(announcing);
  }

  /** The id of this instance. */
  public String self() {
    return self;
  }

  /** Who is there. */
  public InstanceDirectory directory() {
    return directory;
  }

  /** The cells of all instances. */
  public ClusterCells cells() {
    return cells;
  }

  /** What others ask this one. */
  public CellsService service() {
    return new CellsService(own, lags, config);
  }

  /** What people ask of all. */
  public InstancesService overview(Access access) {
    return new InstancesService(directory, self, own.partitions(), access);
  }

  /** Whether this instance does what only one may do: it works on the first partition of cells. */
  public boolean isFirst() {
    return own.partitions() > 0 && own.has(0);
  }

  /** How far a view has its past, where another instance gives it. */
  public Optional<BackfillProgress> progress(ViewGeneration view) {
    long now = System.nanoTime();
    return directory.members().stream()
        .filter(member -> !directory.isAway(member, now))
        .flatMap(member -> member.announcement().pasts().stream())
        .filter(past -> past.view().equals(view))
        .map(past -> new BackfillProgress(past.processed(), past.total()))
        .findFirst();
  }

  /** Says goodbye, and stops listening. */
  @Override
  public synchronized void close() {
    announcer.ifPresent(
        announcing -> {
          announcing.close();
          log.leave(self);
        });
    remote.close();
    log.close();
  }
}
