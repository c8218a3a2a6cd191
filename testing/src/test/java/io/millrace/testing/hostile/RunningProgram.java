package io.millrace.testing.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.model.Namespace;
import io.millrace.model.SiteId;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.Permission;
import io.millrace.model.control.WriteKey;
import io.millrace.ops.ControlLog;
import io.millrace.server.instance.KafkaAddress;
import io.millrace.testing.harness.BooksAnswer;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.HttpProbe;
import io.millrace.testing.harness.ViewProbe;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** The program in a process of its own, so that it has arguments, logs and a small heap. */
final class RunningProgram implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Path folder;
  private final ChildJvm process;
  private final URI url;
  private final HttpProbe http;

  private RunningProgram(Path folder, ChildJvm process, URI url) {
    this.folder = folder;
    this.process = process;
    this.url = url;
    this.http = new HttpProbe(url);
  }

  static RunningProgram start(Path folder, Map<String, String> environment) {
    ChildJvm process =
        ChildJvm.millraceWith(
            environment, "demo", "--rate", "0", "--port", "0", "--data", folder.toString());
    try {
      await("its address")
          .atMost(PATIENCE)
          .until(
              () -> {
                assertThat(process.isAlive()).as(process.errors()).isTrue();
                return process.urlIn(folder).isPresent();
              });
      var program = new RunningProgram(folder, process, process.urlIn(folder).orElseThrow());
      await("ready")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> program.http.get("/health/ready").isSuccess());
      return program;
    } catch (RuntimeException | Error failure) {
      process.close();
      throw failure;
    }
  }

  /** Makes a site with a name and a key that may do some things, as an administrator would. */
  void admit(SiteId site, String name, String key, Set<Permission> permissions) {
    try (ControlLog control =
        ControlLog.open(Map.of("bootstrap.servers", bootstrapServers()), Namespace.DEFAULT)) {
      control.append(new ControlCommand.RegisterSite(site, name));
      control.append(new ControlCommand.IssueKey(WriteKey.hash(key), site, permissions));
    }
  }

  Path folder() {
    return folder;
  }

  URI url() {
    return url;
  }

  HttpProbe http() {
    return http;
  }

  long pid() {
    return process.pid();
  }

  String bootstrapServers() {
    return KafkaAddress.read(folder).orElseThrow();
  }

  /** All that it has told whoever started it. */
  String told() {
    return process.output() + process.errors();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until at least so many events are in the log and each has its outcome. */
  BooksAnswer awaitAccounted(long accepted) {
    var views = new ViewProbe(http);
    return await("an outcome for each of " + accepted + " events")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(views::books, books -> books.accepted() >= accepted && books.pending() == 0);
  }

  @Override
  public void close() {
    http.close();
    process.close();
  }
}
