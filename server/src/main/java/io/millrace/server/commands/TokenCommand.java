package io.millrace.server.commands;

import io.millrace.model.SiteId;
import io.millrace.model.control.AccessToken;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.TokenDirectory;
import io.millrace.model.control.TokenRole;
import io.millrace.model.control.WriteKey;
import io.millrace.ops.ControlLog;
import io.millrace.server.report.TokenReport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace token}: makes tokens for asking, lists them, and makes them worthless. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Makes tokens for those who ask, lists them, and makes them worthless.",
      "Roles: viewer (dashboard, views), analyst (and SQL), operator (metrics, health, audit), admin (all, and"
          + " changes). A viewer and an analyst can be of some sites alone."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace token create --role analyst --name ada --site shop.example --expires 90d",
      "  millrace token list",
      "  millrace token revoke k3v9x2m8qa",
      "",
      "To change a token, create another of the same name, hand it out, and revoke the former: both are valid until"
          + " then."
    })
public final class TokenCommand implements Runnable {
  private static final int ID_LENGTH = 10;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** {@code millrace token create}. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Prints a new token. It is kept nowhere; the topic control has its SHA-256.")
  int create(
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              required = true,
              description = "viewer, analyst, operator or admin.")
          String role,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              required = true,
              description = "Whose it is, as it stands in the history of changes.")
          String name,
      @Option(
              names = "--site",
              paramLabel = "SITE",
              split = ",",
              description = "Only these sites. Default: all.")
          @Nullable List<String> sites,
      @Option(
              names = "--expires",
              paramLabel = "TIME",
              description =
                  "How long it is valid, such as 12h or 90d. Default: until it is revoked.")
          @Nullable String expires,
      @Mixin KafkaOption kafka) {
    String id = Secrets.randomId(ID_LENGTH);
    String text = TokenDirectory.PREFIX + id + '_' + Secrets.random();
    AccessToken token;
    try {
      token =
          new AccessToken(
              id,
              name,
              WriteKey.hash(text),
              role(role),
              Optional.ofNullable(sites).map(this::sites),
              Optional.ofNullable(expires).map(this::end));
    } catch (IllegalArgumentException wrong) {
      throw bad("--" + wrong.getMessage());
    }
    append(new ControlCommand.IssueToken(token), kafka);
    spec.commandLine().getOut().println(text);
    return 0;
  }

  /** {@code millrace token list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists all tokens by their public part.")
  int list(@Mixin KafkaOption kafka) {
    try (ControlLog control = ControlLog.open(kafka.connection(), kafka.namespace())) {
      spec.commandLine()
          .getOut()
          .print(new TokenReport(control.tokens().tokens(), Instant.now()).render());
    }
    spec.commandLine().getOut().flush();
    return 0;
  }

  /** {@code millrace token revoke}. */
  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Makes a token worthless, in all processes at once.")
  int revoke(
      @Parameters(paramLabel = "ID", description = "The part between mlr_ and the next _.")
          String id,
      @Mixin KafkaOption kafka) {
    try (ControlLog control = ControlLog.open(kafka.connection(), kafka.namespace())) {
      if (control.tokens().token(id).isEmpty()) {
        throw bad("there is no token '" + id + "'; 'millrace token list' tells which there are");
      }
      control.append(new ControlCommand.RevokeToken(id), CommandDefaults.author());
    }
    return 0;
  }

  private static void append(ControlCommand command, KafkaOption kafka) {
    try (ControlLog control = ControlLog.open(kafka.connection(), kafka.namespace())) {
      control.append(command, CommandDefaults.author());
    }
  }

  private TokenRole role(String label) {
    return TokenRole.labelled(label)
        .orElseThrow(
            () -> bad("--role: '" + label + "' is none of viewer, analyst, operator and admin"));
  }

  private Set<SiteId> sites(List<String> names) {
    var sites = new HashSet<SiteId>();
    for (String name : names) {
      if (!SiteId.isValid(name)) {
        throw bad("--site: '" + name + "' is not named like a host");
      }
      sites.add(new SiteId(name));
    }
    return sites;
  }

  private Instant end(String text) {
    String days = text.endsWith("d") ? text.substring(0, text.length() - 1) : "";
    try {
      Duration time =
          days.isEmpty()
              ? new DurationOption().convert(text)
              : Duration.ofDays(Integer.parseUnsignedInt(days));
      return Instant.now().plus(time);
    } catch (RuntimeException unreadable) {
      throw bad("--expires: '" + text + "' is not a time such as 12h or 90d");
    }
  }

  private ParameterException bad(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
