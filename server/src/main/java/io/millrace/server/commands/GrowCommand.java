package io.millrace.server.commands;

import io.millrace.model.Namespace;
import io.millrace.ops.Cluster;
import io.millrace.ops.growth.CopyProgress;
import io.millrace.ops.growth.NewGeneration;
import io.millrace.server.ExitSequence;
import io.millrace.server.credentials.KafkaUser;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace grow}: a new generation of a namespace, with more partitions. */
@Command(
    name = "grow",
    mixinStandardHelpOptions = true,
    description = {
      "Copies the log of a namespace into another one with more partitions, every visitor's events in their order,"
          + " while the former goes on.",
      "Then start processors in the new namespace; when they have caught up, stop the collectors, end this with"
          + " Ctrl-C, and start the collectors in the new namespace when it says that all is copied.",
      "Broken off, it goes on where it ended when it is run again."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace grow --into g2 --partitions 64 --follow   until Ctrl-C, and what there is by then",
      "  millrace grow --into g2 --partitions 64            what there is now"
    })
public final class GrowCommand implements Callable<Integer> {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);
  private static final int MOST_PARTITIONS = 10_000;

  @Option(
      names = "--into",
      paramLabel = "NAMESPACE",
      required = true,
      description = "The new namespace.")
  private String into = "";

  @Option(
      names = "--partitions",
      paramLabel = "N",
      required = true,
      description = "Partitions of click-events in the new namespace; not fewer than there are.")
  private int partitions;

  @Option(names = "--follow", description = "Go on copying what comes, until Ctrl-C.")
  private boolean follow;

  @Mixin private KafkaOption kafka = new KafkaOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);

  /** Records copied of each topic, as last told. */
  private final Map<String, Long> told = new HashMap<>();

  private long lastTold = System.nanoTime();
  private boolean isLast;

  @Override
  public Integer call() {
    if (partitions < 1 || partitions > MOST_PARTITIONS) {
      throw bad("--partitions: expected 1 to " + MOST_PARTITIONS + ", got " + partitions);
    }
    AutoCloseable stop = this::stop;
    ExitSequence.add(stop);
    try (Cluster cluster = Cluster.connect(kafka.connection(KafkaUser.OWNER))) {
      generation(cluster).copy(partitions, this::goesOn, this::tell);
      spec.commandLine().getOut().println("All that there was is copied.");
      spec.commandLine().getOut().flush();
    } finally {
      ExitSequence.remove(stop);
      finished.countDown();
    }
    return 0;
  }

  private NewGeneration generation(Cluster cluster) {
    try {
      return new NewGeneration(cluster, kafka.namespace(), new Namespace(into));
    } catch (IllegalArgumentException badNamespace) {
      throw bad(String.valueOf(badNamespace.getMessage()));
    }
  }

  /** After the word to end once more: what was there by then is copied too. */
  private boolean goesOn() {
    try {
      boolean goesOn = follow && !isLast;
      isLast = goesOn && stopped.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
      return goesOn;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends a copying that is followed when all is copied that there is now. */
  private void stop() throws InterruptedException {
    stopped.countDown();
    var _ = finished.await(30, TimeUnit.SECONDS);
  }

  private void tell(CopyProgress progress) {
    long now = System.nanoTime();
    boolean isNews = progress.copied() != told.getOrDefault(progress.topic(), -1L);
    boolean isDue = progress.remaining() == 0 || now - lastTold > BETWEEN_LINES.toNanos();
    if (!isNews || !isDue) {
      return;
    }
    told.put(progress.topic(), progress.copied());
    lastTold = now;
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%s: %,d records copied, %,d to go%n",
        progress.topic(),
        progress.copied(),
        progress.remaining());
    out.flush();
  }

  private ParameterException bad(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
