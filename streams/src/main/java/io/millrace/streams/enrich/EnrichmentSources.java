package io.millrace.streams.enrich;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The heavy parts of enrichment, loaded once for the whole process and shared by all threads.
 *
 * <p>They load in the background while the process starts; whoever needs one first waits for it,
 * for a bounded time.
 */
public final class EnrichmentSources implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final CompletableFuture<AgentClassifier> agents;
  private final CompletableFuture<GeoInUse> geo;
  private final Duration longestWait;
  private final Runnable closing;

  private EnrichmentSources(
      CompletableFuture<AgentClassifier> agents,
      CompletableFuture<GeoInUse> geo,
      Duration longestWait,
      Runnable closing) {
    this.agents = agents;
    this.geo = geo;
    this.longestWait = longestWait;
    this.closing = closing;
  }

  /**
   * Begins to load what is shipped with the program, unless that has been loaded in this process
   * before.
   */
  public static EnrichmentSources load() {
    return Bundled.SOURCES;
  }

  /**
   * The same with a user's own geo database, which is followed: another file in its place is used
   * within seconds.
   *
   * @param copies a folder for copies of it, in which others have no files
   */
  public static EnrichmentSources load(Path geoFile, Path copies) {
    CompletableFuture<GeoFile> file =
        inBackground("load-geo", () -> GeoFile.open(geoFile, copies, InstantSource.system()));
    CompletableFuture<GeoWatch> watch = file.thenApply(GeoWatch::start);
    return new EnrichmentSources(
        load().agents,
        file.thenApply(GeoFile::inUse),
        LONGEST_WAIT,
        () -> {
          var _ = watch.thenAccept(GeoWatch::close);
        });
  }

  /** Sources that are there already. */
  public static EnrichmentSources of(AgentClassifier agents, GeoDatabase geo) {
    return new EnrichmentSources(
        CompletableFuture.completedFuture(agents),
        CompletableFuture.completedFuture(new GeoInUse(geo, Instant.now())),
        LONGEST_WAIT,
        () -> {});
  }

  static EnrichmentSources loading(
      Supplier<AgentClassifier> agents, Supplier<GeoDatabase> geo, Duration longestWait) {
    return new EnrichmentSources(
        inBackground("load-agents", agents),
        inBackground("load-geo", () -> new GeoInUse(geo.get(), Instant.now())),
        longestWait,
        () -> {});
  }

  /** Completes when all is loaded, or fails with what went wrong. */
  public CompletableFuture<Void> ready() {
    return CompletableFuture.allOf(agents, geo);
  }

  /**
   * The agents, after a wait if need be.
   *
   * @throws IllegalStateException if they could not be loaded, or not in time
   */
  AgentClassifier agents() {
    return await("user agent rules", agents);
  }

  /**
   * The geo database, after a wait if need be.
   *
   * @throws IllegalStateException if they could not be loaded, or not in time
   */
  GeoInUse geo() {
    return await("geo database", geo);
  }

  /** The geo database, once it is loaded; does not wait. */
  public Optional<GeoInUse> geoIfLoaded() {
    return geo.isDone() && !geo.isCompletedExceptionally()
        ? Optional.of(geo.join())
        : Optional.empty();
  }

  /** Follows the file of the geo database no more. */
  @Override
  public void close() {
    closing.run();
  }

  private <T> T await(String what, CompletableFuture<T> source) {
    try {
      return source.get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("The " + what + " could not be loaded", failed.getCause());
    } catch (TimeoutException late) {
      throw new IllegalStateException(
          "The " + what + " did not load within " + longestWait.toSeconds() + " s", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the " + what, interrupted);
    }
  }

  private static <T> CompletableFuture<T> inBackground(String name, Supplier<T> load) {
    return CompletableFuture.supplyAsync(
        load, task -> Thread.ofPlatform().name(name).daemon().start(task));
  }

  /** Some 100 MB that never change: one for all that run in a process. */
  private static final class Bundled {
    static final EnrichmentSources SOURCES =
        loading(
            () -> new AgentClassifier(YauaaAgentParser.load()), GeoDatabase::bundled, LONGEST_WAIT);
  }
}
