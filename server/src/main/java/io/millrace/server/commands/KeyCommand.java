package io.millrace.server.commands;

import io.millrace.model.Namespace;
import io.millrace.model.SiteId;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.Permission;
import io.millrace.model.control.WriteKey;
import io.millrace.ops.ControlLog;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace key}: makes a site known and prints a new key for writing to it. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a new write key for a site, and makes the site known if it is new. The key itself is kept nowhere;"
          + " the topic control has its hash.",
      "A key for a web page needs no permission. An import needs both, a server that reports for its visitors on-behalf."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace key --site shop.example",
      "  millrace key --site shop.example --allow backfill,on-behalf"
    })
public final class KeyCommand implements Callable<Integer> {

  @Option(
      names = "--site",
      paramLabel = "SITE",
      required = true,
      converter = SiteOption.class,
      description = "The site, named like a host.")
  private @Nullable SiteId site;

  @Option(
      names = "--allow",
      paramLabel = "PERMISSION",
      split = ",",
      description =
          "backfill: report the past, however long ago; on-behalf: name the address and agent of others.")
  private List<String> permissions = List.of();

  @Mixin private KafkaOption kafka = new KafkaOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    SiteId siteId = Objects.requireNonNull(site, "--site is required");
    Set<Permission> allowed =
        permissions.stream().map(this::permission).collect(Collectors.toUnmodifiableSet());
    String secret = Secrets.random();
    try (ControlLog control = ControlLog.open(kafka.connection(), Namespace.DEFAULT)) {
      if (control.directory().site(siteId).isEmpty()) {
        control.append(new ControlCommand.RegisterSite(siteId, siteId.value()));
      }
      control.append(new ControlCommand.IssueKey(WriteKey.hash(secret), siteId, allowed));
    }
    spec.commandLine().getOut().println(secret);
    return 0;
  }

  private Permission permission(String name) {
    for (Permission permission : Permission.values()) {
      if (permission.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
        return permission;
      }
    }
    throw bad("--allow: '" + name + "' is neither backfill nor on-behalf");
  }

  private ParameterException bad(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
