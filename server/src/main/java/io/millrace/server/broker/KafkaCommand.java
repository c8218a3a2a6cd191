package io.millrace.server.broker;

import io.millrace.server.ApplicationLog;
import io.millrace.server.credentials.ClientLogin;
import io.millrace.server.credentials.SecurityFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code millrace kafka}: a local Kafka in the foreground, for development and for trying things
 * out.
 */
@Command(
    name = "kafka",
    mixinStandardHelpOptions = true,
    description =
        "Runs a real Kafka on this machine until Ctrl-C. Its data stays for the next time.",
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace kafka --brokers 3 --data /tmp/three",
      "  then point any Kafka client at the printed address"
    })
public final class KafkaCommand implements Callable<Integer> {

  private static final int FAILED = 1;

  @Option(
      names = "--brokers",
      paramLabel = "1|3",
      defaultValue = "1",
      description =
          "How many brokers; 3 replicate every topic and stand in racks of their own. Default: ${DEFAULT-VALUE}.")
  private int brokers;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "millrace-data/kafka",
      description = "Where data and logs go. Default: ${DEFAULT-VALUE}.")
  private Path data = Path.of("");

  @Option(
      names = "--port",
      paramLabel = "PORT",
      split = ",",
      description = "Port for clients, one for each broker. Default: free ones.")
  private List<Integer> ports = List.of();

  @Option(
      names = "--heap",
      paramLabel = "MB",
      description = "Each broker's heap. Default: 512 for one broker, 256 for three.")
  private @Nullable Integer heapMegabytes;

  @Option(
      names = "--durable",
      description =
          "Force every write to disk before it is acknowledged, to survive a power loss. Much slower.")
  private boolean durable;

  @Option(
      names = "--secure",
      paramLabel = "DIR",
      description =
          "Use TLS, let in only who logs in, and allow nothing that no rule allows: with the certificates and users"
              + " that millrace secure init made in this folder.")
  private @Nullable Path securityFolder;

  @Option(
      names = "--login",
      paramLabel = "HOW",
      defaultValue = "scram",
      description =
          "How clients log in to a secured Kafka: scram, by password, or certificate. Default: ${DEFAULT-VALUE}.")
  private ClientLogin login = ClientLogin.SCRAM;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException, java.util.concurrent.ExecutionException {
    LocalKafkaConfig config = config();
    ApplicationLog.writeTo(config.logFolder());
    var out = spec.commandLine().getOut();
    try (LocalKafka kafka = LocalKafka.start(config)) {
      out.println("Kafka is ready at " + kafka.bootstrapServers());
      out.println(
          "Data in "
              + config.dataFolder()
              + ", logs in "
              + config.logFolder()
              + ". Ctrl-C stops it.");
      out.flush();
      BrokerDeath death = kafka.firstDeath().get();
      spec.commandLine().getErr().println("millrace: " + death.message());
      return FAILED;
    }
  }

  private LocalKafkaConfig config() {
    try {
      LocalKafkaConfig config =
          LocalKafkaConfig.of(data, brokers).withClientPorts(ports).withDurable(durable);
      LocalKafkaConfig sized =
          heapMegabytes == null ? config : config.withHeapMegabytes(heapMegabytes);
      return securityFolder == null
          ? sized
          : sized.withSecurity(new BrokerSecurity(new SecurityFolder(securityFolder), login));
    } catch (IllegalArgumentException badOption) {
      throw new ParameterException(spec.commandLine(), badOption.getMessage(), badOption);
    }
  }
}
