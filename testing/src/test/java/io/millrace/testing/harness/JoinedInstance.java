package io.millrace.testing.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.server.instance.Instance;
import io.millrace.server.instance.InstanceConfig;
import io.millrace.server.sender.EventSender;
import io.millrace.server.sender.SenderConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** One process's worth of Millrace on a Kafka that something else has started. */
public final class JoinedInstance implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Instance instance;
  private final HttpProbe http;
  private final PartialsBacklog backlog;

  private JoinedInstance(Instance instance, PartialsBacklog backlog) {
    this.instance = instance;
    this.backlog = backlog;
    http = new HttpProbe(instance.url());
  }

  /** Starts one, and waits until it is ready. */
  public static JoinedInstance start(String bootstrapServers, InstanceConfig config)
      throws InterruptedException {
    Instance instance =
        Instance.start(config, Map.of("bootstrap.servers", bootstrapServers), step -> {});
    try {
      assertThat(instance.awaitReady(PATIENCE)).as("ready within " + PATIENCE).isTrue();
      return new JoinedInstance(
          instance, new PartialsBacklog(bootstrapServers, config.namespace()));
    } catch (InterruptedException | RuntimeException | Error failure) {
      instance.close();
      throw failure;
    }
  }

  public HttpProbe http() {
    return http;
  }

  public ViewProbe views() {
    return new ViewProbe(http);
  }

  /** Sends with the key that {@link RunningInstance} makes. */
  public EventSender sender() {
    return new EventSender(SenderConfig.to(instance.url(), RunningInstance.KEY));
  }

  /**
   * Waits until at least so many events are in the log, and each has its outcome and is in all
   * views.
   */
  public BooksAnswer awaitAccounted(long accepted) {
    var latest = new AtomicReference<BooksAnswer>();
    await("an outcome for each of " + accepted + " events")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              BooksAnswer books = views().books();
              latest.set(books);
              assertThat(books.accepted()).as("accepted").isGreaterThanOrEqualTo(accepted);
              assertThat(books.pending()).as("pending").isZero();
              assertThat(backlog.size()).as("partials not yet merged").isZero();
            });
    return latest.get();
  }

  @Override
  public void close() {
    http.close();
    backlog.close();
    instance.close();
  }
}
