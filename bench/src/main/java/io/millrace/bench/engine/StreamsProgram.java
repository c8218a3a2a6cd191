package io.millrace.bench.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** Runs a topology exactly once until the process is asked to end. */
final class StreamsProgram {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private StreamsProgram() {}

  /**
   * Starts it.
   *
   * @param more settings besides those without which it could not run
   */
  static void start(String name, Job job, Topology topology, Map<String, Object> more) {
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, job.namespace().qualify(name));
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, job.bootstrapServers());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, job.stateFolder().toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, job.threads());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    settings.putAll(more);
    var streams = new KafkaStreams(topology, settings);
    var leaving =
        CloseOptions.timeout(CLOSE_TIMEOUT)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(leaving)));
    streams.start();
  }
}
