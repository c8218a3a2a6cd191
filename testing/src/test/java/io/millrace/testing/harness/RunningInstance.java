package io.millrace.testing.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.model.SiteId;
import io.millrace.model.control.Permission;
import io.millrace.server.instance.InstanceConfig;
import io.millrace.server.instance.LocalInstance;
import io.millrace.server.sender.EventSender;
import io.millrace.server.sender.SenderConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicReference;

/** A whole Millrace in this process, with one site and a key that may do everything. */
public final class RunningInstance implements AutoCloseable {
  public static final String SITE = "shop.example";
  public static final String KEY = "the-key-of-the-tests";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final LocalInstance instance;
  private final HttpProbe http;
  private final ViewProbe views;

  private RunningInstance(LocalInstance instance) {
    this.instance = instance;
    this.http = new HttpProbe(instance.url());
    this.views = new ViewProbe(http);
  }

  /** Starts one on any free port, and waits until it is ready. */
  public static RunningInstance start(Path dataFolder) {
    return start(InstanceConfig.local(dataFolder, 0));
  }

  /** Starts one, and waits until it is ready. */
  public static RunningInstance start(InstanceConfig config) {
    LocalInstance instance = LocalInstance.start(config, step -> {});
    try {
      instance.admit(new SiteId(SITE), SITE, KEY, EnumSet.allOf(Permission.class));
      assertThat(instance.awaitReady(PATIENCE)).as("ready within " + PATIENCE).isTrue();
      return new RunningInstance(instance);
    } catch (InterruptedException stopped) {
      instance.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while starting", stopped);
    } catch (RuntimeException | Error failure) {
      instance.close();
      throw failure;
    }
  }

  public LocalInstance local() {
    return instance;
  }

  public URI url() {
    return instance.url();
  }

  public HttpProbe http() {
    return http;
  }

  public ViewProbe views() {
    return views;
  }

  public TopicReader topics() {
    return new TopicReader(instance.bootstrapServers());
  }

  public EventSender sender() {
    return new EventSender(SenderConfig.to(url(), KEY));
  }

  /**
   * Waits until at least so many events are in the log, and each has its outcome and is in all
   * views. On a busy machine there may be more: an answer can come too late, and then the same
   * events are sent again.
   */
  public BooksAnswer awaitAccounted(long accepted) {
    var latest = new AtomicReference<BooksAnswer>();
    try (var backlog = new PartialsBacklog(instance.bootstrapServers())) {
      awaitAccounted(accepted, latest, backlog);
    }
    return latest.get();
  }

  private void awaitAccounted(
      long accepted, AtomicReference<BooksAnswer> latest, PartialsBacklog backlog) {
    await("an outcome for each of " + accepted + " events")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              BooksAnswer books = views.books();
              latest.set(books);
              assertThat(books.accepted()).as("accepted").isGreaterThanOrEqualTo(accepted);
              assertThat(books.pending()).as("pending").isZero();
              assertThat(backlog.size()).as("partials not yet merged").isZero();
            });
  }

  @Override
  public void close() {
    http.close();
    instance.close();
  }
}
