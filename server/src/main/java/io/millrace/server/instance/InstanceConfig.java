package io.millrace.server.instance;

import io.millrace.collector.CollectorConfig;
import io.millrace.model.Namespace;
import io.millrace.model.TopicLayout;
import io.millrace.query.SampleSite;
import io.millrace.streams.judge.JudgeConfig;
import io.millrace.streams.rollup.CommitPace;
import io.millrace.streams.session.SessionConfig;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a whole Millrace on one machine runs.
 *
 * @param dataFolder where everything of it lives
 * @param host the address it serves on; the loopback unless somebody chose otherwise
 * @param port it serves on; 0 for any that is free
 * @param threads that process events
 * @param commits how often the processing makes a transaction
 * @param geoFile the database of places to use instead of the one that is shipped, if any
 * @param sample the page with the tracker that it serves for trying out, if any
 */
public record InstanceConfig(
    Path dataFolder,
    String host,
    int port,
    Namespace namespace,
    TopicLayout topics,
    int threads,
    CommitPace commits,
    CollectorConfig collector,
    JudgeConfig judging,
    SessionConfig sessions,
    Optional<Path> geoFile,
    Optional<SampleSite> sample) {
  private static final String LOOPBACK = "127.0.0.1";

  public InstanceConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: expected 0 to 65535, got " + port);
    }
  }

  /** The defaults on the loopback interface, which the demo and the import use. */
  public static InstanceConfig local(Path dataFolder, int port) {
    return new InstanceConfig(
        dataFolder,
        LOOPBACK,
        port,
        Namespace.DEFAULT,
        TopicLayout.LOCAL,
        2,
        CommitPace.DEFAULT,
        CollectorConfig.DEFAULTS,
        JudgeConfig.DEFAULT,
        SessionConfig.DEFAULT,
        Optional.empty(),
        Optional.empty());
  }

  /** The same with another collector, such as one with other paths. */
  public InstanceConfig withCollector(CollectorConfig other) {
    return new InstanceConfig(
        dataFolder,
        host,
        port,
        namespace,
        topics,
        threads,
        commits,
        other,
        judging,
        sessions,
        geoFile,
        sample);
  }

  /** The same with the page for trying out. */
  public InstanceConfig withSample(SampleSite site) {
    return new InstanceConfig(
        dataFolder,
        host,
        port,
        namespace,
        topics,
        threads,
        commits,
        collector,
        judging,
        sessions,
        geoFile,
        Optional.of(site));
  }

  /** The same with another geo database, if one is named. */
  public InstanceConfig withGeoFile(Optional<Path> file) {
    return new InstanceConfig(
        dataFolder,
        host,
        port,
        namespace,
        topics,
        threads,
        commits,
        collector,
        judging,
        sessions,
        file,
        sample);
  }
}
