package io.millrace.testing.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.model.Namespace;
import io.millrace.ops.AccessControl;
import io.millrace.ops.AccessRole;
import io.millrace.ops.AccessScope;
import io.millrace.ops.Cluster;
import io.millrace.ops.OffsetReader;
import io.millrace.ops.RoleGrants;
import io.millrace.server.credentials.KafkaUser;
import io.millrace.server.instance.Instance;
import io.millrace.server.instance.InstanceConfig;
import io.millrace.server.instance.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.errors.SaslAuthenticationException;

/**
 * A role goes over from one user to another, as the page on securing Kafka tells it: the second
 * user is made, its instances are pointed at it one after the other, the first user is taken away.
 * All the time somebody sends events, and none is refused.
 */
public final class RoleHandover {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final KafkaUser FIRST = KafkaUser.COLLECTOR;
  private static final String SECOND = "collector-b";
  private static final String PASSWORD = "of-the-second-user";

  private final SecuredKafka kafka;
  private final AccessScope scope;
  private final Path folder;

  public RoleHandover(SecuredKafka kafka, AccessScope scope, Path folder) {
    this.kafka = kafka;
    this.scope = scope;
    this.folder = folder;
  }

  /**
   * Does all of it; what fails is thrown.
   *
   * @param key of the site that the events are for
   */
  @SuppressWarnings("try") // What is closed before the end, and when, is what this is about.
  public void run(String key) throws ExecutionException, InterruptedException {
    Map<String, String> first = kafka.connection(FIRST);
    Map<String, String> second = with(first, SECOND, PASSWORD);
    long before = appended();
    try (Admin owner = kafka.admin(KafkaUser.OWNER);
        Instance one = collector("one", first);
        Instance two = collector("two", first);
        SteadySender events = SteadySender.start(key, one.url())) {
      events.awaitSome();
      setPassword(owner, SECOND, PASSWORD);
      giveLines();
      awaitLogin(second);

      events.turnTo(two.url());
      one.close();
      try (Instance oneAgain = collector("one", second)) {
        events.turnTo(oneAgain.url());
        two.close();
        try (Instance twoAgain = collector("two", second)) {
          events.turnTo(twoAgain.url());
          oneConnectionStaysWithAFormerPassword(owner, first);
          takeAway(owner, first);
          events.turnTo(oneAgain.url());
          events.turnTo(twoAgain.url());
          events.close();
        }
      }
      assertThat(events.failures()).isEmpty();
      // Beside what was accepted there may be what was told to come again and yet appended.
      assertThat(appended() - before).isGreaterThanOrEqualTo(events.accepted());
    }
  }

  private Instance collector(String name, Map<String, String> connection) {
    InstanceConfig config =
        InstanceConfig.local(folder.resolve(name), 0)
            .withRoles(Set.of(Role.COLLECTOR))
            .withNamespace(scope.namespace());
    return Instance.start(config, connection, step -> {});
  }

  private static Map<String, String> with(
      Map<String, String> connection, String user, String password) {
    Map<String, String> other = new HashMap<>(connection);
    other.computeIfPresent(
        "sasl.jaas.config",
        (key, entry) ->
            entry
                .replaceFirst("username=\"[^\"]*", "username=\"" + user)
                .replaceFirst("password=\"[^\"]*", "password=\"" + password));
    return other;
  }

  private static void setPassword(Admin owner, String user, String password)
      throws ExecutionException, InterruptedException {
    var mechanism = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4_096);
    alter(owner, new UserScramCredentialUpsertion(user, mechanism, password));
  }

  private static void alter(Admin owner, UserScramCredentialAlteration alteration)
      throws ExecutionException, InterruptedException {
    owner.alterUserScramCredentials(List.of(alteration)).all().get();
  }

  private void giveLines() {
    try (Cluster cluster = Cluster.connect(kafka.connection(KafkaUser.OWNER))) {
      var _ =
          new AccessControl(cluster)
              .apply("User:" + SECOND, RoleGrants.of(AccessRole.COLLECTOR, scope));
    }
  }

  /** What the owner has changed is known to the broker a moment later. */
  private static void awaitLogin(Map<String, String> connection) {
    await("let in")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              ask(connection);
              return true;
            });
  }

  /** Kafka has one password of a user: the former is worth nothing to who connects again. */
  private static void oneConnectionStaysWithAFormerPassword(Admin owner, Map<String, String> former)
      throws ExecutionException, InterruptedException {
    try (Admin connected = Admin.create(new HashMap<>(former))) {
      connected.describeCluster().nodes().get();
      setPassword(owner, FIRST.userName(), "another");
      awaitLogin(with(former, FIRST.userName(), "another"));
      connected.describeCluster().nodes().get();
      assertThatThrownBy(() -> ask(former)).hasCauseInstanceOf(SaslAuthenticationException.class);
    }
  }

  private void takeAway(Admin owner, Map<String, String> first)
      throws ExecutionException, InterruptedException {
    alter(owner, new UserScramCredentialDeletion(FIRST.userName(), ScramMechanism.SCRAM_SHA_512));
    Map<String, String> latest = with(first, FIRST.userName(), "another");
    await("refused")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> ask(latest))
                    .hasCauseInstanceOf(SaslAuthenticationException.class));
  }

  private static void ask(Map<String, String> connection)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(new HashMap<>(connection))) {
      admin.describeCluster().nodes().get();
    }
  }

  private long appended() {
    try (Cluster cluster = Cluster.connect(kafka.connection(KafkaUser.OWNER))) {
      Namespace namespace = scope.namespace();
      var log = new OffsetReader(cluster, namespace.qualify("click-events"), "nobody");
      return log.ends().values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
