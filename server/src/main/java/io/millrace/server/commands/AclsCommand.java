package io.millrace.server.commands;

import io.millrace.model.Namespace;
import io.millrace.ops.AccessControl;
import io.millrace.ops.AccessRole;
import io.millrace.ops.AccessScope;
import io.millrace.ops.Cluster;
import io.millrace.ops.Grant;
import io.millrace.ops.RoleGrants;
import io.millrace.server.credentials.KafkaUser;
import io.millrace.server.report.AccessReport;
import io.millrace.streams.StreamsSettings;
import io.millrace.streams.backfill.BackfillSettings;
import io.millrace.views.ViewCatalog;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AclBinding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace acls}: what each role may do in Kafka, shown, given or checked. */
@Command(
    name = "acls",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what each role needs to be allowed in Kafka, and nothing else is; gives it to the roles' users; or checks"
          + " that they have it and no more.",
      "To give needs a user who may alter the cluster, to check one who may describe it."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace acls                                          what each role needs",
      "  millrace acls --apply --kafka 127.0.0.1:9092 --secure millrace-data/security",
      "  millrace acls --commands --namespace teamA --role collector --user teamA-collector"
    })
public final class AclsCommand implements Callable<Integer> {
  private static final int DIFFERENT = 1;

  /** What Kafka's own tools take without quoting, and a certificate's name. */
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9._@=-][A-Za-z0-9._@=, -]{0,199}");

  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  /** What to do with the list; one of them. */
  static final class Mode {
    @Option(names = "--print", description = "Show the list as a table. The default.")
    @SuppressWarnings("UnusedVariable") // what is done where nothing else is asked for
    private boolean print;

    @Option(names = "--commands", description = "Show it as commands of Kafka's kafka-acls.sh.")
    private boolean commands;

    @Option(names = "--apply", description = "Give the users what they do not have yet.")
    private boolean apply;

    @Option(
        names = "--check",
        description = "Compare; exit code 1 if a user lacks something or may do more.")
    private boolean check;
  }

  @ArgGroup(exclusive = true)
  private Mode mode = new Mode();

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      split = ",",
      description = "collector, processor, query, admin. Default: all of them.")
  private List<AccessRole> roles = List.of();

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Who has the role, if it is one role. Default: the name of the role.")
  private @Nullable String user;

  @Option(
      names = "--tables",
      paramLabel = "TOPIC",
      split = ",",
      description = "Topics of reference tables, which belong to somebody else.")
  private List<String> tables = List.of();

  @Mixin private KafkaOption kafka = new KafkaOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    AccessScope scope = scope();
    List<AccessRole> wanted = roles.isEmpty() ? Arrays.asList(AccessRole.values()) : roles;
    if (user != null && (wanted.size() != 1 || !USER.matcher(user).matches())) {
      throw bad("--user: expected a name that Kafka knows, and one --role");
    }
    PrintWriter out = spec.commandLine().getOut();
    boolean isAsExpected =
        (mode.apply || mode.check) ? onCluster(wanted, scope, out) : show(wanted, scope, out);
    out.flush();
    return isAsExpected ? 0 : DIFFERENT;
  }

  private boolean show(List<AccessRole> wanted, AccessScope scope, PrintWriter out) {
    for (AccessRole role : wanted) {
      List<Grant> grants = RoleGrants.of(role, scope);
      out.print(
          mode.commands
              ? AccessReport.commands(principal(role), grants)
              : AccessReport.table(role, principal(role), grants));
    }
    return true;
  }

  private boolean onCluster(List<AccessRole> wanted, AccessScope scope, PrintWriter out) {
    boolean isAsExpected = true;
    try (Cluster cluster = Cluster.connect(kafka.connection(KafkaUser.OWNER))) {
      var control = new AccessControl(cluster);
      for (AccessRole role : wanted) {
        List<Grant> grants = RoleGrants.of(role, scope);
        String principal = principal(role);
        if (mode.apply) {
          List<AclBinding> given = control.apply(principal, grants);
          out.printf("%s: %d lines, %d of them new%n", principal, grants.size(), given.size());
        } else {
          AccessControl.Comparison found = control.compare(principal, grants);
          out.print(AccessReport.comparison(principal, grants.size(), found));
          isAsExpected &= found.isExact();
        }
      }
    }
    return isAsExpected;
  }

  private AccessScope scope() {
    for (String topic : tables) {
      if (!TOPIC.matcher(topic).matches()) {
        throw bad("--tables: '" + topic + "' is no name of a topic");
      }
    }
    return scope(kafka.namespace(), tables);
  }

  /** What rights of a namespace are about, by the names that the parts of the program have. */
  public static AccessScope scope(Namespace namespace, List<String> tables) {
    List<String> views =
        ViewCatalog.builtIn().plans().stream()
            .flatMap(view -> view.topic().stream())
            .map(namespace::qualify)
            .toList();
    return new AccessScope(
        namespace,
        StreamsSettings.applicationId(namespace),
        BackfillSettings.idPrefix(namespace),
        views,
        tables);
  }

  private String principal(AccessRole role) {
    return "User:" + Optional.ofNullable(user).orElse(role.label());
  }

  private ParameterException bad(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
