package io.millrace.server.commands;

import io.millrace.model.Namespace;
import io.millrace.server.config.GivenValue;
import io.millrace.server.config.MillraceConfig;
import io.millrace.server.credentials.ClientLogin;
import io.millrace.server.credentials.KafkaUser;
import io.millrace.server.credentials.SecurityFolder;
import io.millrace.server.instance.KafkaAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which Kafka a command talks to, and which namespace it works on. */
final class KafkaOption {

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "The Kafka that Millrace runs on. Default: that of --config, else of --data.")
  private @Nullable String kafka;

  @Option(
      names = "--secure",
      paramLabel = "DIR",
      description =
          "Log in to a secured Kafka, with what millrace secure init made in this folder.")
  private @Nullable Path securityFolder;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration of an instance: its Kafka, its login, its namespace.")
  private @Nullable Path configuration;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description =
          "The prefix of its topics. Default: that of --config, else the one without a name.")
  private @Nullable String namespace;

  @Option(
      names = "--login",
      paramLabel = "HOW",
      defaultValue = "scram",
      description = "How to log in: scram, by password, or certificate. Default: ${DEFAULT-VALUE}.")
  private ClientLogin login = ClientLogin.SCRAM;

  @Mixin private DataFolderOption data = new DataFolderOption();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /**
   * What a client needs to reach it, by Kafka's names.
   *
   * @throws ParameterException when none is named and nothing runs on the data folder
   */
  Map<String, String> connection() {
    return connection(KafkaUser.ADMIN);
  }

  /** The same for what only some user may do, where users are told apart. */
  Map<String, String> connection(KafkaUser user) {
    if (securityFolder != null) {
      return new SecurityFolder(securityFolder).connection(user, login, address());
    }
    return configured()
        .map(config -> config.kafka().toMap())
        .orElseGet(() -> Map.of("bootstrap.servers", address()));
  }

  /** The namespace that is meant. */
  Namespace namespace() {
    try {
      return namespace == null
          ? configured().map(MillraceConfig::namespace).orElse(Namespace.DEFAULT)
          : new Namespace(namespace);
    } catch (IllegalArgumentException noName) {
      throw new ParameterException(spec.commandLine(), "--" + noName.getMessage());
    }
  }

  private String address() {
    return kafka != null
        ? kafka
        : configured()
            .map(config -> config.kafka().bootstrapServers())
            .or(() -> KafkaAddress.read(data.folder()))
            .orElseThrow(this::nothingRuns);
  }

  private Optional<MillraceConfig> configured() {
    List<GivenValue> stronger =
        kafka == null
            ? List.of()
            : List.of(GivenValue.flag("--kafka", "kafka.bootstrap.servers", kafka));
    return Optional.ofNullable(configuration).map(file -> ConfigFile.load(file, stronger));
  }

  private ParameterException nothingRuns() {
    return new ParameterException(
        spec.commandLine(),
        "nothing runs on "
            + data.folder()
            + "; start it, or name a Kafka with --kafka or --config");
  }
}
