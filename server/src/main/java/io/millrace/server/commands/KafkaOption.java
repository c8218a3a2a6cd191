package io.millrace.server.commands;

import io.millrace.server.instance.KafkaAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which Kafka a command talks to. */
final class KafkaOption {

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "The Kafka that Millrace runs on. Default: the one of --data.")
  private @Nullable String kafka;

  @Mixin private DataFolderOption data = new DataFolderOption();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /**
   * What a client needs to reach it, by Kafka's names.
   *
   * @throws ParameterException when none is named and nothing runs on the data folder
   */
  Map<String, String> connection() {
    String address =
        kafka != null ? kafka : KafkaAddress.read(data.folder()).orElseThrow(this::nothingRuns);
    return Map.of("bootstrap.servers", address);
  }

  private ParameterException nothingRuns() {
    return new ParameterException(
        spec.commandLine(),
        "nothing runs on " + data.folder() + "; start it, or name a Kafka with --kafka");
  }
}
