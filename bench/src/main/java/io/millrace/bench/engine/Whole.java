package io.millrace.bench.engine;

import io.millrace.model.TopicLayout;
import io.millrace.streams.ClickStreams;
import io.millrace.streams.StreamsSettings;
import io.millrace.streams.enrich.Enricher;
import io.millrace.streams.enrich.EnrichmentSources;
import io.millrace.streams.judge.ClickStage;
import io.millrace.streams.judge.JudgeConfig;
import io.millrace.streams.rollup.CommitPace;
import io.millrace.streams.session.SessionConfig;
import java.util.List;
import java.util.Map;

/**
 * The processing of Millrace as it is shipped, with so many views: duplicates, bots and late events
 * are looked for, country, agent, referrer and campaign are looked up, sessions and the books are
 * kept.
 *
 * @param views of {@link BenchViews}; with none it does all of this for the books alone, which
 *     shows what the views cost
 */
public record Whole(int views) implements Contender {

  @Override
  public String name() {
    return switch (views) {
      case 0 -> "Millrace, whole, no view";
      case 1 -> "Millrace, whole, 1 view";
      default -> "Millrace, whole, " + views + " views";
    };
  }

  @Override
  public Format format() {
    return Format.AVRO;
  }

  @Override
  public List<String> command(Job job) {
    return JavaCommand.of(Whole.class, job.with(Integer.toString(views)));
  }

  @Override
  public boolean countsUrls() {
    return views > 0;
  }

  @Override
  public long count(byte[] value) {
    return countIn(value);
  }

  /** Of a record of a view's topic. */
  static long countIn(byte[] value) {
    return Json.read(value, UrlCount.class).clicks();
  }

  private record UrlCount(String url, long clicks) {}

  /** Runs until it is asked to end. */
  public static void main(String[] arguments) {
    Job job = Job.parse(arguments);
    var settings =
        new StreamsSettings(
            job.namespace(),
            Map.of("bootstrap.servers", job.bootstrapServers()),
            job.stateFolder(),
            job.threads(),
            CommitPace.DEFAULT,
            1);
    var stage =
        new ClickStage(
            JudgeConfig.DEFAULT,
            SessionConfig.DEFAULT,
            new Enricher(EnrichmentSources.load()),
            BenchViews.firstWithBooks(Integer.parseInt(job.more().getFirst())),
            TopicLayout.LOCAL.rollupPartitions(),
            outcome -> {});
    ClickStreams streams = ClickStreams.start(settings, stage);
    Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
  }
}
