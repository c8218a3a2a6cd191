package io.millrace.server.instance;

import io.helidon.webserver.http.HttpRouting;
import io.millrace.model.SiteId;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.Permission;
import io.millrace.model.control.TokenRole;
import io.millrace.model.control.WriteKey;
import io.millrace.server.ApplicationLog;
import io.millrace.server.DataFolder;
import io.millrace.server.ExitSequence;
import io.millrace.server.security.InternalAccess;
import io.millrace.streams.enrich.EnrichmentSources;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One process of Millrace, in any mix of roles, on a Kafka that somebody else runs. Built here from
 * the bottom up, stopped in reverse, also at the end of the process. Safe for any number of
 * threads.
 */
public final class Instance implements AutoCloseable {
  private final Parts parts = new Parts();
  private final InstanceConfig config;
  private final Foundation foundation;
  private final Roles roles;
  private final HttpServer http;
  private final CompletableFuture<String> failure = new CompletableFuture<>();
  private final Drain drain;

  /** Where other instances reach this one, as soon as they are told. */
  private final AtomicReference<@Nullable URI> announced = new AtomicReference<>();

  /**
   * Starts everything, and returns when it serves.
   *
   * @param connection settings that any client needs to reach the cluster, by Kafka's names
   * @param announce is told in a few words what comes next
   */
  public static Instance start(
      InstanceConfig config, Map<String, String> connection, Consumer<String> announce) {
    return start(config, KafkaAccess.of(connection), announce);
  }

  static Instance start(InstanceConfig config, KafkaAccess kafka, Consumer<String> announce) {
    return new Instance(config, kafka, announce);
  }

  private Instance(InstanceConfig config, KafkaAccess kafka, Consumer<String> announce) {
    this.config = config;
    drain = new Drain(config.http().drain());
    ExitSequence.add(parts);
    try {
      config.security().require(config.http().host(), config.collector().trustedProxies());
      DataFolder folder = parts.add(DataFolder.open(config.dataFolder()));
      // After the folder: whoever has that, says where it serves.
      HttpServer.requireFree(config.http());
      ApplicationLog.writeTo(folder.path().resolve("logs"));
      Optional<EnrichmentSources> sources = load(folder.path());
      Map<String, String> connection =
          kafka.open(folder.path(), parts, announce, failure::complete);
      // At the end of the process what was added last is closed first, and a Kafka of ours has
      // added itself.
      ExitSequence.remove(parts);
      ExitSequence.add(parts);
      foundation = Foundation.lay(config, folder.path(), connection, kafka.isShared(), parts);
      config
          .security()
          .requireAdmin(
              foundation.tokens().tokens().stream()
                  .anyMatch(token -> token.role() == TokenRole.ADMIN));
      roles = Roles.start(foundation, sources, parts, announce);
      http =
          parts.add(
              HttpServer.start(
                  config.http(),
                  config.security().transport(),
                  config.collector().trustedProxies(),
                  this::route));
      if (kafka.isShared()) {
        // Before the server, so that others can ask for the cells here until somebody else has
        // them.
        roles.processor().ifPresent(processor -> parts.add(processor.streams()));
      }
      // Closed before the server, which would wait for open streams of events.
      roles.query().ifPresent(query -> parts.add(query.service()));
      // Closed first of all.
      parts.add(drain);
      URI known = Roles.announcedUrl(config, url());
      announced.set(known);
      roles.announce(config, known);
      folder.publish(url().toString());
    } catch (RuntimeException problem) {
      close();
      throw problem;
    }
  }

  /** What a processor enriches events with loads while the rest starts. */
  private Optional<EnrichmentSources> load(Path folder) {
    if (!config.has(Role.PROCESSOR)) {
      return Optional.empty();
    }
    EnrichmentSources sources = parts.add(config.processing().loadSources(folder));
    var _ =
        sources
            .ready()
            .exceptionally(
                cause -> {
                  failure.complete(ProcessorRole.whyNotLoaded(cause));
                  return null;
                });
    return Optional.of(sources);
  }

  private void route(HttpRouting.Builder routing) {
    // Who asks for tokens is not fooled by names, and a proxy may pass on any.
    if (config.http().isLoopback() && !config.security().asksForTokens()) {
      routing.addFilter(new LoopbackHosts());
    }
    routing.register(
        new InternalAccess(
            config.security(), () -> Optional.ofNullable(announced.get()), foundation.clock()));
    routing.register(
        OperationsService.of(
            foundation.access().access(), roles.audit(), this::obstacle, foundation.registry()));
    foundation.access().login().ifPresent(routing::register);
    roles.route(routing, foundation.access().access());
  }

  /** Where it serves. */
  public URI url() {
    return config.http().url(http.scheme(), http.port());
  }

  /** Completes with what there is to say when something fails without which nothing can go on. */
  public CompletableFuture<String> failure() {
    return failure;
  }

  /** Makes a site known, and a secret valid for writing to it. */
  public void admit(SiteId site, String name, String secret, Set<Permission> permissions) {
    foundation.control().admit(site, name, secret, permissions);
  }

  /** Makes a secret worthless. */
  public void revoke(String secret) {
    foundation.control().append(new ControlCommand.RevokeKey(WriteKey.hash(secret)));
  }

  private Optional<String> obstacle() {
    return drain.obstacle().or(this::obstacleToWork);
  }

  private Optional<String> obstacleToWork() {
    return foundation.control().isFollowing()
        ? roles.obstacle()
        : Optional.of("sites and keys are not followed any longer; restart the process");
  }

  /** Whether every role has begun its work; a processor, that on all partitions it was given. */
  public boolean isReady() {
    return obstacle().isEmpty();
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
