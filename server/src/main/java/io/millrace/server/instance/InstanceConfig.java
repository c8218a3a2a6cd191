package io.millrace.server.instance;

import io.millrace.collector.CollectorConfig;
import io.millrace.model.Namespace;
import io.millrace.model.TopicLayout;
import io.millrace.query.QueryConfig;
import io.millrace.query.SampleSite;
import io.millrace.query.sql.push.PushConfig;
import io.millrace.server.config.HttpConfig;
import io.millrace.server.config.MillraceConfig;
import io.millrace.server.config.Secret;
import io.millrace.server.security.AdminToken;
import io.millrace.server.security.ClusterSecret;
import io.millrace.server.security.SecurityConfig;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How one process of Millrace runs. What belongs to a role that it does not have is not looked at.
 *
 * @param roles what it does; at least one
 * @param dataFolder where everything of it lives
 * @param http where it serves; on the loopback unless somebody chose otherwise
 * @param topics how the topics are cut, which all processes of a namespace must agree on
 * @param sample the page with the tracker that it serves for trying out, if any
 * @param security who may ask it
 */
public record InstanceConfig(
    Set<Role> roles,
    Path dataFolder,
    HttpConfig http,
    Namespace namespace,
    TopicLayout topics,
    CollectorConfig collector,
    ProcessingConfig processing,
    QueryConfig queries,
    PushConfig pushes,
    Optional<SampleSite> sample,
    SecurityConfig security) {

  public InstanceConfig {
    roles = Set.copyOf(roles);
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("roles: expected at least one, got none");
    }
  }

  /** All roles with the defaults on the loopback interface, which the demo and the import use. */
  public static InstanceConfig local(Path dataFolder, int port) {
    return new InstanceConfig(
        Role.ALL,
        dataFolder,
        HttpConfig.DEFAULT.withPort(port),
        Namespace.DEFAULT,
        TopicLayout.LOCAL,
        CollectorConfig.DEFAULTS,
        ProcessingConfig.LOCAL,
        QueryConfig.defaults(),
        PushConfig.defaults(),
        Optional.empty(),
        SecurityConfig.OPEN);
  }

  /** What a configuration says. */
  public static InstanceConfig of(MillraceConfig config) {
    return new InstanceConfig(
        config.roles(),
        config.data(),
        config.http(),
        config.namespace(),
        config.topics(),
        config.collector(),
        new ProcessingConfig(
            config.processing().threads(),
            config.processing().commitPace(),
            config.processing().group(),
            config.judge(),
            config.sessions(),
            config.geoFile()),
        config.queries(),
        config.pushQueries(),
        Optional.empty(),
        new SecurityConfig(
            config.http().tls().transport(),
            config.security().access(),
            config.security().adminToken().map(Secret::value).map(AdminToken::of),
            config.security().clusterSecret().map(Secret::value).map(ClusterSecret::of)));
  }

  boolean has(Role role) {
    return roles.contains(role);
  }

  /** The same with other roles. */
  public InstanceConfig withRoles(Set<Role> others) {
    return new InstanceConfig(
        others,
        dataFolder,
        http,
        namespace,
        topics,
        collector,
        processing,
        queries,
        pushes,
        sample,
        security);
  }

  /** The same in another namespace. */
  public InstanceConfig withNamespace(Namespace other) {
    return new InstanceConfig(
        roles,
        dataFolder,
        http,
        other,
        topics,
        collector,
        processing,
        queries,
        pushes,
        sample,
        security);
  }

  /** The same with topics that are cut in another way. */
  public InstanceConfig withTopics(TopicLayout other) {
    return new InstanceConfig(
        roles,
        dataFolder,
        http,
        namespace,
        other,
        collector,
        processing,
        queries,
        pushes,
        sample,
        security);
  }

  /** The same with another collector, such as one with other paths. */
  public InstanceConfig withCollector(CollectorConfig other) {
    return new InstanceConfig(
        roles,
        dataFolder,
        http,
        namespace,
        topics,
        other,
        processing,
        queries,
        pushes,
        sample,
        security);
  }

  /** The same with another way to process. */
  public InstanceConfig withProcessing(ProcessingConfig other) {
    return new InstanceConfig(
        roles,
        dataFolder,
        http,
        namespace,
        topics,
        collector,
        other,
        queries,
        pushes,
        sample,
        security);
  }

  /** The same with the page for trying out. */
  public InstanceConfig withSample(SampleSite site) {
    return new InstanceConfig(
        roles,
        dataFolder,
        http,
        namespace,
        topics,
        collector,
        processing,
        queries,
        pushes,
        Optional.of(site),
        security);
  }

  /** The same for those who prove who they are, or reach it another way. */
  public InstanceConfig withSecurity(SecurityConfig other) {
    return new InstanceConfig(
        roles,
        dataFolder,
        http,
        namespace,
        topics,
        collector,
        processing,
        queries,
        pushes,
        sample,
        other);
  }

  /** The same with another geo database, if one is named. */
  public InstanceConfig withGeoFile(Optional<Path> file) {
    return withProcessing(processing.withGeoFile(file));
  }
}
