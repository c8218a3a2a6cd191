package io.millrace.server.config;

import io.millrace.collector.CollectorConfig;
import io.millrace.model.Namespace;
import io.millrace.model.TopicLayout;
import io.millrace.query.QueryConfig;
import io.millrace.query.sql.push.PushConfig;
import io.millrace.server.instance.Role;
import io.millrace.streams.judge.JudgeConfig;
import io.millrace.streams.session.SessionConfig;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Everything an instance is told.
 *
 * <p>A component of a simple type is a setting, one that is a record is a section with the settings
 * of that record; each is written lower-dashed, such as {@code push-queries}. So a new component of
 * any of these records is a new setting, and its default is the one in {@link #defaults}.
 *
 * @param roles what the instance does
 * @param namespace the prefix of its topics, groups and transactional ids
 * @param data the folder for what it keeps on this machine
 * @param geoFile the database of places to use instead of the one in the box
 * @param kafka how to reach the brokers
 */
public record MillraceConfig(
    Set<Role> roles,
    Namespace namespace,
    Path data,
    Optional<Path> geoFile,
    KafkaConnection kafka,
    TopicLayout topics,
    HttpConfig http,
    CollectorConfig collector,
    JudgeConfig judge,
    SessionConfig sessions,
    ProcessingSettings processing,
    QueryConfig queries,
    PushConfig pushQueries,
    SecuritySettings security) {

  public MillraceConfig {
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("roles: expected at least one");
    }
    roles = Set.copyOf(roles);
  }

  /** What holds where nothing is set. */
  public static MillraceConfig defaults(KafkaConnection kafka) {
    return new MillraceConfig(
        EnumSet.allOf(Role.class),
        Namespace.DEFAULT,
        Path.of("millrace-data"),
        Optional.empty(),
        kafka,
        TopicLayout.CLUSTER,
        HttpConfig.DEFAULT,
        CollectorConfig.DEFAULTS,
        JudgeConfig.DEFAULT,
        SessionConfig.DEFAULT,
        ProcessingSettings.DEFAULT,
        QueryConfig.defaults(),
        PushConfig.defaults(),
        SecuritySettings.DEFAULT);
  }
}
