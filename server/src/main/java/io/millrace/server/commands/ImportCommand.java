package io.millrace.server.commands;

import io.millrace.model.SiteId;
import io.millrace.model.control.Permission;
import io.millrace.server.accesslog.ImportRequest;
import io.millrace.server.accesslog.ImportTally;
import io.millrace.server.accesslog.LogFormat;
import io.millrace.server.accesslog.LogImport;
import io.millrace.server.instance.InstanceConfig;
import io.millrace.server.instance.LocalInstance;
import io.millrace.server.report.Audit;
import io.millrace.server.report.AuditReport;
import io.millrace.server.report.BooksWatch;
import io.millrace.server.report.ImportReport;
import io.millrace.server.report.ProgressBar;
import io.millrace.server.report.Settlement;
import io.millrace.server.report.SiteSummary;
import io.millrace.server.report.Target;
import io.millrace.server.report.ViewClient;
import io.millrace.server.sender.EventSender;
import io.millrace.server.sender.SenderConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code millrace import}: brings an access log in through the collector, and proves that all of it
 * arrived.
 */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Reads an access log, plain or gzipped, and sends its requests to a collector as events.",
      "Without --target it starts a Millrace of its own, waits until every event is counted, prints a report, and"
          + " checks the books.",
      "Page requests become page views: GET, answered with 2xx or 304, and not for an asset such as an image"
          + " or a style sheet. With --all, every other request becomes an event 'request' as well.",
      "Importing the same file again within 30 days counts nothing twice."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all that could be read was accepted, and the books balance",
      "1:something is missing or was refused; the report says what"
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace import examples/access-2015-05.log.gz --site semicomplete.com",
      "  MILLRACE_KEY=… millrace import access.log --target https://stats.example"
    })
public final class ImportCommand implements Callable<Integer> {
  private static final String IMPORTED = "imported";
  private static final int INCOMPLETE = 1;
  private static final Duration LONGEST_COUNTING = Duration.ofMinutes(10);

  @Parameters(paramLabel = "FILE", description = "The access log.")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "auto",
      description = "combined, common, or auto: find out. Default: ${DEFAULT-VALUE}.")
  private String format = "auto";

  @Option(names = "--all", description = "Every request, not page requests alone.")
  private boolean all;

  @Option(
      names = "--site",
      paramLabel = "SITE",
      defaultValue = IMPORTED,
      converter = SiteOption.class,
      description =
          "The site that the log is of; its name is the host of the URLs. Default: ${DEFAULT-VALUE}.")
  private SiteId site = new SiteId(IMPORTED);

  @Option(
      names = "--target",
      paramLabel = "URL",
      description = "A running Millrace to send to, instead of one started here.")
  private @Nullable URI target;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      defaultValue = "${env:MILLRACE_KEY}",
      description =
          "With --target: a write key of the site that may report the past on behalf of others. Better given as the"
              + " environment variable MILLRACE_KEY, which other users of this machine cannot see.")
  private @Nullable String key;

  @Mixin private TokenOption token = new TokenOption();

  @Mixin private AuthorityOption authority = new AuthorityOption();

  @Mixin private DataFolderOption data = new DataFolderOption();

  @Mixin private GeoFileOption geo = new GeoFileOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ImportRequest request = request();
    if (target != null) {
      if (key == null || key.isBlank()) {
        throw bad("--target needs a write key: give MILLRACE_KEY in the environment, or --key");
      }
      if (geo.checked(spec).isPresent()) {
        throw bad("--geo-file: is nothing to a Millrace that runs elsewhere; leave out --target");
      }
      return importTo(
          new Target(TargetOption.checked(target, spec), token.token(), authority.trust()),
          key,
          request);
    }
    return importHere(request);
  }

  private int importHere(ImportRequest request) throws IOException, InterruptedException {
    String secret = Secrets.random();
    try (LocalInstance instance =
        LocalInstance.start(
            InstanceConfig.local(data.folder(), 0).withGeoFile(geo.checked(spec)),
            this::announce)) {
      instance.admit(site, site.value(), secret, EnumSet.allOf(Permission.class));
      Thread runner = Thread.currentThread();
      var _ =
          instance
              .failure()
              .thenAccept(
                  message -> {
                    spec.commandLine().getErr().println("millrace: " + message);
                    runner.interrupt();
                  });
      try {
        int exitCode = importTo(Target.open(instance.url()), secret, request);
        instance.revoke(secret);
        return exitCode;
      } catch (InterruptedException stopped) {
        if (instance.failure().isDone()) {
          return INCOMPLETE;
        }
        throw stopped;
      }
    }
  }

  private ImportRequest request() {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw bad("FILE: cannot read " + file);
    }
    for (LogFormat known : LogFormat.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(format)) {
        return new ImportRequest(file, known, site.value(), all);
      }
    }
    throw bad("--format: '" + format + "' is none of combined, common, auto");
  }

  private int importTo(Target to, String secret, ImportRequest request)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    ImportTally tally = send(to, secret, request);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    try (var client = new ViewClient(to)) {
      Settlement settlement = awaitCounted(client);
      SiteSummary summary = SiteSummary.of(client, site.value());
      var report =
          new ImportReport(
              file.toString(), tally, took, Optional.of(summary), Optional.of(settlement));
      PrintWriter out = spec.commandLine().getOut();
      out.print(report.render());
      if (settlement instanceof Settlement.Settled(Audit audit)) {
        out.println();
        out.print(new AuditReport(audit).render());
      }
      out.flush();
      boolean complete =
          tally.failure().isEmpty() && tally.unanswered() == 0 && tally.refused().count() == 0;
      return complete && settlement instanceof Settlement.Settled ? 0 : INCOMPLETE;
    }
  }

  private ImportTally send(Target to, String secret, ImportRequest request)
      throws IOException, InterruptedException {
    try (var bar = ProgressBar.onStandardError("Importing");
        var sender = new EventSender(SenderConfig.to(to.url(), secret), to.trust())) {
      return new LogImport(
              request,
              sender,
              progress ->
                  bar.show(
                      progress.fraction(),
                      String.format(
                          Locale.ROOT,
                          "%,d lines, %,d accepted",
                          progress.lines(),
                          progress.accepted())))
          .run();
    }
  }

  private static Settlement awaitCounted(ViewClient client) throws InterruptedException {
    try (var bar = ProgressBar.onStandardError("Counting")) {
      return new BooksWatch(client)
          .awaitCounted(
              LONGEST_COUNTING,
              audit ->
                  bar.show(
                      audit.accepted() == 0 ? 0 : 1 - (double) audit.pending() / audit.accepted(),
                      String.format(Locale.ROOT, "%,d to go", audit.pending())));
    }
  }

  private void announce(String step) {
    spec.commandLine().getErr().println(step + " …");
  }

  private ParameterException bad(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
