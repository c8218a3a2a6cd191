package io.millrace.server.instance;

import io.helidon.webserver.http.HttpRouting;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.instance.Announcement;
import io.millrace.ops.Audit;
import io.millrace.query.access.Access;
import io.millrace.server.Version;
import io.millrace.server.cells.InstanceFacts;
import io.millrace.server.cells.Instances;
import io.millrace.server.config.AdvertisedUrl;
import io.millrace.streams.OwnCells;
import io.millrace.streams.backfill.Backfills;
import io.millrace.streams.enrich.EnrichmentSources;
import io.millrace.views.BackfillProgress;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The roles that a process has, started.
 *
 * @param instances this one among all
 */
record Roles(
    Instances instances,
    Optional<CollectorRole> collector,
    Optional<ProcessorRole> processor,
    Optional<QueryRole> query) {

  /**
   * Starts them, each after those that it asks.
   *
   * @param sources what a processor enriches events with; empty where there is none
   */
  static Roles start(
      Foundation foundation,
      Optional<EnrichmentSources> sources,
      Parts parts,
      Consumer<String> announce) {
    InstanceConfig config = foundation.config();
    Optional<ProcessorRole> processor = Optional.empty();
    Optional<QueryRole> query = Optional.empty();
    Optional<Definitions> definitions = Optional.empty();
    if (config.has(Role.PROCESSOR) || config.has(Role.QUERY)) {
      announce.accept("Starting the processing");
      Definitions known = Definitions.follow(foundation, parts);
      definitions = Optional.of(known);
      processor = sources.map(loading -> ProcessorRole.start(foundation, known, loading, parts));
    }
    Instances instances =
        processor
            .map(ProcessorRole::instances)
            .orElseGet(
                () ->
                    parts.add(foundation.meet(OwnCells.none(config.topics().rollupPartitions()))));
    if (config.has(Role.QUERY) && definitions.isPresent()) {
      announce.accept("Starting the dashboard");
      query =
          Optional.of(
              QueryRole.start(
                  foundation,
                  definitions.get(),
                  instances.cells(),
                  progress(processor, instances),
                  parts));
    }
    Optional<CollectorRole> collector = Optional.empty();
    if (config.has(Role.COLLECTOR)) {
      announce.accept("Starting the collector");
      collector = Optional.of(CollectorRole.start(foundation, parts));
    }
    return new Roles(instances, collector, processor, query);
  }

  private static Function<ViewGeneration, Optional<BackfillProgress>> progress(
      Optional<ProcessorRole> processor, Instances instances) {
    return view ->
        processor
            .flatMap(here -> here.backfills().progress(view))
            .or(() -> instances.progress(view));
  }

  /**
   * Makes this instance known to the others.
   *
   * @param url where they reach it
   */
  void announce(InstanceConfig config, URI url) {
    instances.announce(
        new InstanceFacts(
            instances.self(),
            url.getAuthority(),
            url.toString(),
            config.roles().stream().map(Role::label).collect(Collectors.toSet()),
            Version.number()),
        () -> processor.map(here -> pasts(here.backfills())).orElse(List.of()));
  }

  /** Where others reach what serves at an address, unless the configuration says another. */
  static URI announcedUrl(InstanceConfig config, URI served) {
    return config.http().advertisedUrl().map(AdvertisedUrl::uri).orElseGet(() -> reachable(served));
  }

  /** Where others reach what serves on every address of this machine. */
  private static URI reachable(URI url) {
    try {
      if (!InetAddress.getByName(url.getHost()).isAnyLocalAddress()) {
        return url;
      }
      String address = InetAddress.getLocalHost().getHostAddress();
      return new URI(url.getScheme(), null, address, url.getPort(), null, null, null);
    } catch (UnknownHostException | URISyntaxException nameless) {
      return url;
    }
  }

  private static List<Announcement.Past> pasts(Backfills backfills) {
    return backfills.view().stream()
        .flatMap(
            view ->
                backfills.progress(view).stream()
                    .map(
                        progress ->
                            new Announcement.Past(view, progress.processed(), progress.total())))
        .toList();
  }

  /** Why not all of them work, as a clause; empty while they do. */
  Optional<String> obstacle() {
    return processor
        .flatMap(ProcessorRole::obstacle)
        .or(() -> collector.flatMap(CollectorRole::obstacle));
  }

  Optional<Audit> audit() {
    return query.map(QueryRole::audit);
  }

  void route(HttpRouting.Builder routing, Access access) {
    processor.ifPresent(role -> routing.register(instances.service()));
    routing.register(instances.overview(access));
    collector.ifPresent(role -> role.route(routing));
    query.ifPresent(role -> role.route(routing));
  }
}
