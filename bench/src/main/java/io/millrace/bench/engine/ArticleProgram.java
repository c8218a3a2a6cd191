package io.millrace.bench.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The program that articles about Kafka and clicks print: the DSL of Kafka Streams, objects as JSON
 * by Jackson.
 *
 * @param tuned whether the producer and the commit interval (1 s) have other settings than Kafka's
 *     own
 */
public record ArticleProgram(boolean tuned) implements Contender {

  @Override
  public String name() {
    return tuned ? "Kafka Streams DSL, tuned" : "Kafka Streams DSL, as printed";
  }

  @Override
  public Format format() {
    return Format.JSON;
  }

  @Override
  public List<String> command(Job job) {
    return JavaCommand.of(ArticleProgram.class, job.with(Boolean.toString(tuned)));
  }

  /** Runs until it is asked to end. */
  public static void main(String[] arguments) {
    Job job = Job.parse(arguments);
    boolean tuned = Boolean.parseBoolean(job.more().getFirst());
    StreamsProgram.start("article", job, topology(job), tuned ? tuning() : Map.of());
  }

  private static Topology topology(Job job) {
    var builder = new StreamsBuilder();
    Serde<String> text = Serdes.String();
    Serde<EnrichedJsonClick> enrichedClick = Json.serde(EnrichedJsonClick.class);
    KStream<String, JsonClick> clicks =
        builder.stream(job.clicks(), Consumed.with(text, Json.serde(JsonClick.class)));
    KStream<String, EnrichedJsonClick> enriched = clicks.mapValues(JsonClick::enriched);
    enriched.to(job.enriched(), Produced.with(text, enrichedClick));
    enriched
        .groupBy((key, click) -> click.url(), Grouped.with(text, enrichedClick))
        .count()
        .toStream()
        .to(job.counts(), Produced.with(text, Serdes.Long()));
    return builder.build();
  }

  private static Map<String, Object> tuning() {
    var settings = new HashMap<String, Object>();
    Tuning.PRODUCER.forEach((key, value) -> settings.put(StreamsConfig.producerPrefix(key), value));
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000);
    return settings;
  }
}
