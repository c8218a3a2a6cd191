package io.millrace.server.commands;

import io.millrace.server.credentials.Renewal;
import io.millrace.server.credentials.SecureInit;
import io.millrace.server.credentials.SecurityFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace secure init}: makes certificates, users and secrets of a cluster. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Makes, in the folder security of the data folder: an authority (CA) and the certificates it signs, a user with"
          + " a password for each role, and the secret of the cluster. Nothing of it is printed.",
      "Run again it makes what is missing and changes nothing else."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace secure init --host kafka1.example --host 10.0.0.7",
      "  millrace kafka --secure millrace-data/security --port 9092"
    })
public final class SecureInitCommand implements Callable<Integer> {

  @Mixin private DataFolderOption data = new DataFolderOption();

  @Option(
      names = "--host",
      paramLabel = "NAME",
      split = ",",
      description =
          "A name or address by which brokers and the HTTP server are reached, beside 127.0.0.1 and localhost.")
  private List<String> hosts = List.of();

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:9092",
      description =
          "Where clients find the brokers, for the settings that are written. Default: ${DEFAULT-VALUE}.")
  private String servers = "";

  @Option(
      names = "--renew",
      paramLabel = "WHAT",
      split = ",",
      description =
          "Make anew what is there: certificates (by the same authority), passwords, or both.")
  private List<Renewal> renewals = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var folder = new SecurityFolder(data.folder().resolve(SecurityFolder.NAME));
    SecureInit init = init(folder);
    List<Path> written = init.run();
    PrintWriter out = spec.commandLine().getOut();
    for (Path file : written) {
      out.println("  " + folder.path().relativize(file));
    }
    out.println(
        written.isEmpty()
            ? "All was there in " + folder.path() + "; nothing was changed."
            : "Files written in " + folder.path() + ": " + written.size());
    out.println("Its certificates end on " + end(init) + ".");
    out.flush();
    return 0;
  }

  private SecureInit init(SecurityFolder folder) {
    Set<Renewal> renewed = EnumSet.noneOf(Renewal.class);
    renewed.addAll(renewals);
    try {
      return new SecureInit(folder, hosts, servers, renewed, InstantSource.system());
    } catch (IllegalArgumentException badOption) {
      throw new ParameterException(spec.commandLine(), "--" + badOption.getMessage(), badOption);
    }
  }

  private static LocalDate end(SecureInit init) {
    return LocalDate.ofInstant(init.brokerCertificate().getNotAfter().toInstant(), ZoneOffset.UTC);
  }
}
