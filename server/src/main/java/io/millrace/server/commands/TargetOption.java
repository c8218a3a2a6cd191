package io.millrace.server.commands;

import io.millrace.server.DataFolder;
import io.millrace.server.config.HttpConfig;
import io.millrace.server.config.MillraceConfig;
import io.millrace.server.config.Secret;
import io.millrace.server.instance.InstanceConfig;
import io.millrace.server.report.Target;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which Millrace a command asks by HTTP, and how it gets in. */
final class TargetOption {

  @Option(
      names = "--target",
      paramLabel = "URL",
      description =
          "Where Millrace answers. Default: the one of --config, else the one that works on ./"
              + CommandDefaults.DATA_FOLDER
              + ", else "
              + CommandDefaults.TARGET
              + ".")
  private @Nullable URI url;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The configuration of an instance: its address, its certificate and its admin token, where no other option"
              + " names them.")
  private @Nullable Path configuration;

  @Mixin private TokenOption token = new TokenOption();

  @Mixin private AuthorityOption authority = new AuthorityOption();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /**
   * The Millrace that is meant; where none is named, the one that most likely runs here.
   *
   * @throws io.millrace.server.ServerException where a file that is named is of no use
   */
  Target target() {
    Optional<MillraceConfig> config = Optional.ofNullable(configuration).map(ConfigFile::load);
    return new Target(
        Optional.ofNullable(url)
            .map(given -> checked(given, spec))
            .or(() -> config.map(TargetOption::addressOf))
            .orElseGet(TargetOption::runningHere),
        token.token().or(() -> config.flatMap(TargetOption::tokenOf)),
        authority.trust().or(() -> config.flatMap(TargetOption::trustOf)));
  }

  private static URI runningHere() {
    return Optional.of(Path.of(CommandDefaults.DATA_FOLDER))
        .filter(DataFolder::isOfThisUser)
        .flatMap(DataFolder::ownerOf)
        .flatMap(DataFolder.Owner::url)
        .map(URI::create)
        .orElse(URI.create(CommandDefaults.TARGET));
  }

  /** An instance that serves on all addresses serves on the loopback too. */
  private static URI addressOf(MillraceConfig config) {
    HttpConfig http = config.http();
    String scheme = http.tls().certificate().isPresent() ? "https" : "http";
    return InetAddress.ofLiteral(http.host()).isAnyLocalAddress()
        ? URI.create(scheme + "://127.0.0.1:" + http.port())
        : http.url(scheme, http.port());
  }

  private static Optional<String> tokenOf(MillraceConfig config) {
    return config.security().adminToken().map(Secret::value);
  }

  private static Optional<SSLContext> trustOf(MillraceConfig config) {
    return InstanceConfig.of(config).security().trustAmongInstances();
  }

  /** The target itself, if it can be one. */
  static URI checked(URI target, CommandSpec spec) {
    boolean web = "http".equals(target.getScheme()) || "https".equals(target.getScheme());
    if (!web || target.getHost() == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--target: '" + target + "' is not an address such as " + CommandDefaults.TARGET);
    }
    return target;
  }
}
