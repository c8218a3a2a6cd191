package io.millrace.server.commands;

import io.millrace.model.SiteId;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.InactivityChange;
import io.millrace.ops.ControlLog;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace site}: changes what is kept of a site, and tells it. */
@Command(
    name = "site",
    mixinStandardHelpOptions = true,
    description = {
      "Tells the settings of a site, and changes those that are given.",
      "A changed inactivity holds for events received from ten seconds later on. Sessions that none of them"
          + " reaches stay as they are."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace site shop.example                            what it has",
      "  millrace site shop.example --session-inactivity 20m   sessions end after 20 quiet minutes"
    })
public final class SiteCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "SITE",
      converter = SiteOption.class,
      description = "A site that has a key.")
  private @Nullable SiteId site;

  @Option(
      names = "--session-inactivity",
      paramLabel = "20m",
      converter = DurationOption.class,
      description =
          "How long a visitor of this site may do nothing within a session: 1m to 4h. Until it is set: 30m.")
  private @Nullable Duration inactivity;

  @Mixin private KafkaOption kafka = new KafkaOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    SiteId siteId = Objects.requireNonNull(site, "SITE is required");
    try (ControlLog control = ControlLog.open(kafka.connection(), kafka.namespace())) {
      if (control.directory().site(siteId).isEmpty()) {
        throw bad("there is no site '" + siteId.value() + "'; millrace key makes one known");
      }
      if (inactivity != null) {
        control.append(
            new ControlCommand.ChangeInactivity(siteId, change(inactivity)),
            CommandDefaults.author());
      }
      print(siteId, control);
    }
    return 0;
  }

  private InactivityChange change(Duration wanted) {
    long from = System.currentTimeMillis() + InactivityChange.NOTICE.toMillis();
    try {
      return new InactivityChange(wanted, from);
    } catch (IllegalArgumentException outOfBounds) {
      throw bad("--" + outOfBounds.getMessage());
    }
  }

  private void print(SiteId siteId, ControlLog control) {
    PrintWriter out = spec.commandLine().getOut();
    var changes = control.directory().inactivityChanges(siteId);
    if (changes.isEmpty()) {
      out.println("session inactivity: the usual");
    }
    for (InactivityChange change : changes) {
      out.println(
          "session inactivity: "
              + DurationOption.text(change.inactivity())
              + " for events received from "
              + Instant.ofEpochMilli(change.from()));
    }
    out.flush();
  }

  private ParameterException bad(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
