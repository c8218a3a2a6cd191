package io.millrace.server.instance;

import io.millrace.streams.GroupSettings;
import io.millrace.streams.enrich.EnrichmentSources;
import io.millrace.streams.judge.JudgeConfig;
import io.millrace.streams.rollup.CommitPace;
import io.millrace.streams.session.SessionConfig;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a processor works.
 *
 * @param threads that process events
 * @param commits how often there is a transaction
 * @param group how the work is shared with other processes
 * @param geoFile the database of places to use instead of the one that is shipped, if any
 */
public record ProcessingConfig(
    int threads,
    CommitPace commits,
    GroupSettings group,
    JudgeConfig judging,
    SessionConfig sessions,
    Optional<Path> geoFile) {
  /** Of the only process of one machine. */
  public static final ProcessingConfig LOCAL =
      new ProcessingConfig(
          2,
          CommitPace.DEFAULT,
          GroupSettings.ALONE,
          JudgeConfig.DEFAULT,
          SessionConfig.DEFAULT,
          Optional.empty());

  public ProcessingConfig {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, got " + threads);
    }
  }

  /** The same of a process that shares the work in another way. */
  public ProcessingConfig withGroup(GroupSettings shared) {
    return new ProcessingConfig(threads, commits, shared, judging, sessions, geoFile);
  }

  /** The same with another geo database, if one is named. */
  public ProcessingConfig withGeoFile(Optional<Path> file) {
    return new ProcessingConfig(threads, commits, group, judging, sessions, file);
  }

  /** Begins to load what events are enriched with. */
  EnrichmentSources loadSources(Path dataFolder) {
    return geoFile
        .map(file -> EnrichmentSources.load(file, dataFolder.resolve("geo")))
        .orElseGet(EnrichmentSources::load);
  }
}
