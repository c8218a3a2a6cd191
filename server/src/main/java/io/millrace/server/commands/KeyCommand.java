package io.millrace.server.commands;

import io.millrace.model.SiteId;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.Permission;
import io.millrace.model.control.WriteKey;
import io.millrace.ops.ControlLog;
import io.millrace.server.report.KeyReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace key}: makes keys for writing to sites, lists them, and makes them worthless. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a new write key for a site, and makes the site known if it is new. The key itself is kept nowhere;"
          + " the topic control has its hash.",
      "A key for a web page needs no permission. An import needs both, a server that reports for its visitors on-behalf.",
      "To change a key, make another, put it in place, and revoke the former: both are good until then."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace key --site shop.example --origin https://shop.example",
      "  millrace key --site shop.example --allow backfill,on-behalf",
      "  millrace key list",
      "  millrace key revoke 3f9a0c2b71de"
    })
public final class KeyCommand implements Callable<Integer> {
  private static final int LEAST_DIGITS = 8;
  private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.-]+(:[0-9]{1,5})?");

  @Option(
      names = "--site",
      paramLabel = "SITE",
      converter = SiteOption.class,
      description = "The site, named like a host. Required for a new key.")
  private @Nullable SiteId site;

  @Option(
      names = "--allow",
      paramLabel = "PERMISSION",
      split = ",",
      description =
          "backfill: report the past, however long ago; on-behalf: name the address and agent of others.")
  private List<String> permissions = List.of();

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      split = ",",
      description =
          "Browsers may use it on pages of these origins alone, such as https://shop.example. Default: on all.")
  private List<String> origins = List.of();

  @Mixin private KafkaOption kafka = new KafkaOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    SiteId siteId = site;
    if (siteId == null) {
      throw bad("Missing required option: '--site=SITE'");
    }
    Set<Permission> allowed =
        permissions.stream().map(this::permission).collect(Collectors.toUnmodifiableSet());
    Set<String> pages = origins.stream().map(this::origin).collect(Collectors.toSet());
    String secret = Secrets.random();
    String hash = WriteKey.hash(secret);
    String author = CommandDefaults.author();
    try (ControlLog control = ControlLog.open(kafka.connection(), kafka.namespace())) {
      if (control.directory().site(siteId).isEmpty()) {
        control.append(new ControlCommand.RegisterSite(siteId, siteId.value()), author);
      }
      if (!origins.isEmpty()) {
        control.append(new ControlCommand.LimitKey(hash, pages), author);
      }
      control.append(new ControlCommand.IssueKey(hash, siteId, allowed), author);
    }
    spec.commandLine().getOut().println(secret);
    return 0;
  }

  /** {@code millrace key list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists all keys by the beginnings of their hashes; the keys are kept nowhere.")
  int list(@Mixin KafkaOption connected) {
    try (ControlLog control = ControlLog.open(connected.connection(), connected.namespace())) {
      spec.commandLine().getOut().print(new KeyReport(control.directory().keys()).render());
    }
    spec.commandLine().getOut().flush();
    return 0;
  }

  /** {@code millrace key revoke}. */
  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Makes a key worthless, in all processes at once.")
  int revoke(
      @Parameters(
              paramLabel = "HASH",
              arity = "0..1",
              description = "The beginning of its hash, as 'millrace key list' tells.")
          @Nullable String beginning,
      @Option(
              names = "--key-file",
              paramLabel = "FILE",
              description = "The key itself, the only line of a file; - for the standard input.")
          @Nullable Path file,
      @Mixin KafkaOption connected) {
    if ((beginning == null) == (file == null)) {
      throw bad("name either the beginning of a hash or --key-file");
    }
    String hash = beginning == null ? WriteKey.hash(secret(file)) : beginning;
    if (hash.length() < LEAST_DIGITS) {
      throw bad("HASH: expected at least " + LEAST_DIGITS + " digits, got '" + hash + "'");
    }
    try (ControlLog control = ControlLog.open(connected.connection(), connected.namespace())) {
      List<String> found =
          control.directory().keys().keySet().stream()
              .filter(known -> known.startsWith(hash.toLowerCase(Locale.ROOT)))
              .toList();
      if (found.size() != 1) {
        throw bad(
            found.size() + " keys have a hash that begins so; 'millrace key list' tells which");
      }
      control.append(new ControlCommand.RevokeKey(found.getFirst()), CommandDefaults.author());
    }
    return 0;
  }

  private String secret(@Nullable Path file) {
    try {
      return file == null || file.toString().equals("-")
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip()
          : Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw bad("--key-file: '" + file + "' cannot be read");
    }
  }

  private Permission permission(String name) {
    for (Permission permission : Permission.values()) {
      if (KeyReport.label(permission).equals(name)) {
        return permission;
      }
    }
    throw bad("--allow: '" + name + "' is neither backfill nor on-behalf");
  }

  private String origin(String text) {
    String origin = text.toLowerCase(Locale.ROOT);
    if (!ORIGIN.matcher(origin).matches()) {
      throw bad("--origin: '" + text + "' is not an origin such as https://shop.example");
    }
    return origin;
  }

  private ParameterException bad(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
