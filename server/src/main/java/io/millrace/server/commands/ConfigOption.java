package io.millrace.server.commands;

import io.millrace.server.config.ConfigLoader;
import io.millrace.server.config.EffectiveConfig;
import io.millrace.server.config.GivenValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how an instance is configured. */
final class ConfigOption {
  /** The variable that names the file where no option does. */
  private static final String FILE_VARIABLE = "MILLRACE_CONFIG";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The configuration, in YAML; variables of the environment are stronger, options most. Default: the file that"
              + " MILLRACE_CONFIG names, if any.")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, such as processing.threads=4; may be given several times.")
  private List<String> settings = List.of();

  @Option(
      names = "--roles",
      paramLabel = "ROLE,…",
      description = "Some of collector, processor and query. Default: all.")
  private @Nullable String roles;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT,…",
      description = "Brokers to begin with, as kafka.bootstrap.servers.")
  private @Nullable String kafka;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder for what is kept on this machine.")
  private @Nullable String data;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "The address to serve on, as http.host.")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where to serve, as http.port; 0 for any free port.")
  private @Nullable String port;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "The prefix of topics, groups and transactional ids.")
  private @Nullable String namespace;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /**
   * All of it together.
   *
   * @throws io.millrace.server.ServerException with every problem there is
   */
  EffectiveConfig load() {
    Map<String, String> environment = System.getenv();
    return ConfigLoader.load(file(environment), environment, given()).orThrow();
  }

  private Optional<Path> file(Map<String, String> environment) {
    return Optional.ofNullable(file)
        .or(
            () ->
                Optional.ofNullable(environment.get(FILE_VARIABLE))
                    .filter(name -> !name.isBlank())
                    .map(Path::of));
  }

  private List<GivenValue> given() {
    var given = new ArrayList<GivenValue>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new ParameterException(
            spec.commandLine(), "--set: expected KEY=VALUE, got \"" + setting + '"');
      }
      given.add(
          GivenValue.flag("--set", setting.substring(0, equals), setting.substring(equals + 1)));
    }
    add(given, "--roles", "roles", roles);
    add(given, "--kafka", "kafka.bootstrap.servers", kafka);
    add(given, "--data", "data", data);
    add(given, "--host", "http.host", host);
    add(given, "--port", "http.port", port);
    add(given, "--namespace", "namespace", namespace);
    return given;
  }

  private static void add(
      List<GivenValue> given, String option, String key, @Nullable String value) {
    if (value != null) {
      given.add(GivenValue.flag(option, key, value));
    }
  }
}
