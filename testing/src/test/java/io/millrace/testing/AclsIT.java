package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import io.millrace.model.Namespace;
import io.millrace.ops.AccessControl;
import io.millrace.ops.AccessRole;
import io.millrace.ops.AccessScope;
import io.millrace.ops.Cluster;
import io.millrace.ops.Grant;
import io.millrace.ops.RoleGrants;
import io.millrace.server.Main;
import io.millrace.server.commands.AclsCommand;
import io.millrace.server.credentials.ClientLogin;
import io.millrace.server.credentials.KafkaUser;
import io.millrace.testing.harness.AuthorizerLog;
import io.millrace.testing.harness.Canary;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.GrantProbe;
import io.millrace.testing.harness.KafkaAclsTool;
import io.millrace.testing.harness.RoleHandover;
import io.millrace.testing.harness.SecretScan;
import io.millrace.testing.harness.SecuredKafka;
import io.millrace.testing.harness.SecuredWork;
import io.millrace.testing.harness.Shell;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each role does its real work, in a process of its own as far as Kafka can tell, with its lines of
 * rights and nothing else. The broker's own log tells what it was asked to allow: each line was
 * needed for something, and nothing else was asked for. Then each line is taken away and what it is
 * for is denied.
 */
@TestInstance(PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(900)
class AclsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Namespace TENANT = new Namespace("teamA");
  private static final Namespace OTHER_TENANT = new Namespace("teamB");
  private static final AccessScope SCOPE =
      AclsCommand.scope(TENANT, List.of(SecuredWork.TABLE_TOPIC));

  /**
   * Questions that are answered with no, and do no harm: who may not read the settings of topics
   * leaves their comparison to the processor, and of a group's offsets one sees those of the topics
   * that one may see.
   */
  private static final Set<String> KNOWN_DENIALS = Set.of("DescribeConfigs", "OffsetFetch");

  private Path folder;
  private SecuredKafka kafka;
  private Admin owner;
  private AuthorizerLog log;

  @BeforeAll
  void eachRoleDoesItsWork(@TempDir Path temporary) throws Exception {
    folder = temporary;
    kafka = SecuredKafka.start(folder, ClientLogin.SCRAM);
    owner = kafka.admin(KafkaUser.OWNER);
    giveAll();
    log = AuthorizerLog.begin(owner, kafka.kafka().brokers().getFirst().logFile());
    new SecuredWork(kafka, TENANT, folder).run();
  }

  @AfterAll
  void stop() {
    owner.close();
    kafka.close();
  }

  private void giveAll() {
    try (Cluster cluster = Cluster.connect(kafka.connection(KafkaUser.OWNER))) {
      var control = new AccessControl(cluster);
      for (AccessRole role : AccessRole.values()) {
        var _ = control.apply(principal(role), RoleGrants.of(role, SCOPE));
      }
    }
  }

  private static String principal(AccessRole role) {
    return "User:" + role.label();
  }

  private Map<String, String> connection(AccessRole role) {
    return kafka.connection(KafkaUser.valueOf(role.name()));
  }

  @Test
  @Order(1)
  void eachLineWasNeededForTheWork() {
    List<AuthorizerLog.Entry> entries = log.entries();
    List<String> unused = new ArrayList<>();
    for (AccessRole role : AccessRole.values()) {
      for (Grant grant : RoleGrants.of(role, SCOPE)) {
        boolean isUsed =
            entries.stream()
                .anyMatch(
                    entry ->
                        entry.isAllowed()
                            && entry.user().equals(role.label())
                            && entry.operation() == grant.operation()
                            && covers(grant.resource(), entry.type(), entry.name()));
        if (!isUsed) {
          unused.add(role + " " + grant);
        }
      }
    }

    assertThat(unused).isEmpty();
  }

  @Test
  @Order(2)
  void theWorkAskedForNothingElse() {
    Set<String> roles =
        Set.of(AccessRole.values()).stream().map(AccessRole::label).collect(Collectors.toSet());

    assertThat(log.entries())
        .filteredOn(entry -> !entry.isAllowed() && roles.contains(entry.user()))
        .allMatch(entry -> KNOWN_DENIALS.contains(entry.request()));
  }

  @Test
  @Order(3)
  void whatALineIsForIsDeniedWithoutIt() throws Exception {
    makeProbeTopics();
    // The lines of a role are those of its user, so roles are tried beside each other.
    try (ExecutorService roles = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> trials = new ArrayList<>();
      for (AccessRole role : AccessRole.values()) {
        trials.add(
            roles.submit(
                () -> {
                  takeEachLineAway(role);
                  return role;
                }));
      }
      for (Future<?> trial : trials) {
        var _ = trial.get();
      }
    }
  }

  private void takeEachLineAway(AccessRole role) throws Exception {
    try (var probe = new GrantProbe(connection(role), TENANT.qualify("click-events"))) {
      for (Grant grant : RoleGrants.of(role, SCOPE)) {
        assertThat(probe.isAllowed(grant)).as("%s with %s", role, grant).isTrue();
        var line = grant.binding(principal(role));

        owner.deleteAcls(List.of(line.toFilter())).all().get();
        await("%s without %s".formatted(role, grant))
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(20))
            .until(() -> !probe.isAllowed(grant));
        owner.createAcls(List.of(line)).all().get();
      }
    }
  }

  /** What is tried with names that only begin as those of the work do needs a topic. */
  private void makeProbeTopics() throws Exception {
    owner
        .createTopics(
            List.of(
                new NewTopic(SCOPE.applicationId() + "-" + GrantProbe.REST, 1, (short) 1),
                new NewTopic(OTHER_TENANT.qualify("click-events"), 1, (short) 1),
                new NewTopic(OTHER_TENANT.qualify("control"), 1, (short) 1),
                new NewTopic("click-events", 1, (short) 1)))
        .all()
        .get();
    try (var probe =
        new GrantProbe(kafka.connection(KafkaUser.OWNER), TENANT.qualify("click-events"))) {
      Set<String> read = new TreeSet<>();
      for (AccessRole role : AccessRole.values()) {
        for (Grant grant : RoleGrants.of(role, SCOPE)) {
          if (grant.resource().resourceType() == ResourceType.TOPIC
              && read.add(GrantProbe.name(grant.resource()))) {
            assertThat(probe.isAllowed(new Grant(grant.resource(), AclOperation.WRITE, "be read")))
                .isTrue();
          }
        }
      }
    }
  }

  @Test
  @Order(4)
  void everythingThatIsNoLineIsDenied() throws Exception {
    List<String> topics =
        List.of(
            TENANT.qualify("click-events"),
            TENANT.qualify("control"),
            OTHER_TENANT.qualify("click-events"),
            OTHER_TENANT.qualify("control"),
            "click-events",
            "__consumer_offsets");
    List<AclOperation> operations =
        List.of(
            AclOperation.READ,
            AclOperation.WRITE,
            AclOperation.CREATE,
            AclOperation.DESCRIBE,
            AclOperation.DESCRIBE_CONFIGS,
            AclOperation.DELETE);
    for (AccessRole role : AccessRole.values()) {
      List<Grant> grants = RoleGrants.of(role, SCOPE);
      try (var probe = new GrantProbe(connection(role), TENANT.qualify("click-events"))) {
        for (String topic : topics) {
          for (AclOperation operation : operations) {
            var tried =
                new Grant(
                    new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                    operation,
                    "try");
            if (grants.stream().noneMatch(grant -> implies(grant, tried))) {
              assertThat(probe.isAllowed(tried)).as("%s: %s %s", role, operation, topic).isFalse();
            }
          }
        }
        for (Grant tried : ofOtherTenant()) {
          assertThat(probe.isAllowed(tried)).as("%s: %s", role, tried).isFalse();
        }
      }
    }
  }

  /** Roles have worked and were refused, each with a reason in a log: none tells a password. */
  @Test
  @Order(5)
  void noPasswordStandsInWhatBrokerAndRolesHaveWritten() {
    List<Canary> passwords = new ArrayList<>();
    kafka
        .security()
        .passwords()
        .forEach((user, password) -> passwords.add(new Canary(user.userName(), password)));
    var scan = new SecretScan(passwords);

    // A collector and a query instance keep nothing but a lock, which is not to be opened here.
    Stream.of("kafka", "processor")
        .forEach(
            written -> {
              long before = scan.scanned();
              scan.files(folder.resolve(written));
              assertThat(scan.scanned()).as(written).isGreaterThan(before);
            });
    Stream.of("collector", "query").map(folder::resolve).forEach(scan::files);
    kafka.kafka().processIds().forEach(scan::arguments);

    assertThat(scan.hits()).isEmpty();
  }

  /** What is printed for who may alter the cluster, done by the tool that it is printed for. */
  @Test
  @Order(6)
  void kafkasOwnToolGivesTheLinesByTheCommandsThatArePrinted() throws Exception {
    Path words = folder.resolve("words");
    var shell = new Shell(folder, PATIENCE);
    for (AccessRole role : AccessRole.values()) {
      assertThat(acls(role, "--check").exitCode()).isEqualTo(1);
      Shell.Result noted =
          shell.run(
              "KAFKA='%s' SETTINGS='%s'%n"
                      .formatted(
                          kafka.kafka().bootstrapServers(),
                          kafka.security().properties(KafkaUser.OWNER))
                  + KafkaAclsTool.noting(words, acls(role, "--commands").output()));
      assertThat(noted.exitCode()).as(noted.output()).isZero();
    }

    try (ChildJvm tool = ChildJvm.start(KafkaAclsTool.class.getName(), words.toString())) {
      assertThat(tool.awaitExit(PATIENCE)).as(tool.output() + tool.errors()).isZero();
    }

    for (AccessRole role : AccessRole.values()) {
      Shell.Result check = acls(role, "--check");
      assertThat(check.exitCode()).as(check.output()).isZero();
    }
  }

  /** For users of the other tenant, of whom one has a name with a comma and a space. */
  private Shell.Result acls(AccessRole role, String mode) {
    var out = new StringWriter();
    int exitCode =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .execute(
                "acls",
                mode,
                "--role",
                role.label(),
                "--user",
                role == AccessRole.QUERY ? "CN=query, O=Team B" : "teamB-" + role.label(),
                "--namespace",
                OTHER_TENANT.name(),
                "--tables",
                SecuredWork.TABLE_TOPIC,
                "--kafka",
                kafka.kafka().bootstrapServers(),
                "--secure",
                kafka.security().path().toString());
    return new Shell.Result(exitCode, out.toString());
  }

  /** The last, since it takes away a user. */
  @Test
  @Order(7)
  void aRoleGoesOverToAnotherUserWhileItWorks() throws Exception {
    new RoleHandover(kafka, SCOPE, folder.resolve("handover")).run(SecuredWork.KEY);
  }

  /** Groups and transactional ids of the other tenant, and of those without a namespace. */
  private static List<Grant> ofOtherTenant() {
    List<Grant> tried = new ArrayList<>();
    for (Namespace namespace : List.of(OTHER_TENANT, Namespace.DEFAULT)) {
      AccessScope scope = AclsCommand.scope(namespace, List.of());
      RoleGrants.of(AccessRole.PROCESSOR, scope).stream()
          .filter(grant -> grant.resource().resourceType() != ResourceType.TOPIC)
          .forEach(tried::add);
      RoleGrants.of(AccessRole.QUERY, scope).stream()
          .filter(grant -> grant.resource().resourceType() == ResourceType.GROUP)
          .forEach(tried::add);
    }
    return tried;
  }

  /** Kafka's own rule: who may read, write or delete may describe. */
  private static boolean implies(Grant grant, Grant tried) {
    boolean isSameOperation =
        grant.operation() == tried.operation()
            || (tried.operation() == AclOperation.DESCRIBE
                && Set.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE)
                    .contains(grant.operation()));
    return isSameOperation
        && covers(grant.resource(), tried.resource().resourceType(), tried.resource().name());
  }

  private static boolean covers(ResourcePattern pattern, ResourceType type, String name) {
    return pattern.resourceType() == type
        && (pattern.patternType() == PatternType.PREFIXED
            ? name.startsWith(pattern.name())
            : name.equals(pattern.name()));
  }
}
