package io.millrace.testing.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.ResourceType;

/** What a broker was asked to allow, from its own log: each question with its answer. */
public final class AuthorizerLog {
  private static final Pattern ENTRY =
      Pattern.compile(
          "Principal = User:(?<user>\\S+) is (?<answer>Allowed|Denied) operation = (?<operation>\\w+)"
              + " from host = \\S+ on resource = (?<type>\\w+):LITERAL:(?<name>\\S+) for request = (?<request>\\w+)");

  private final Path file;

  private AuthorizerLog(Path file) {
    this.file = file;
  }

  /**
   * A question.
   *
   * @param request of Kafka's protocol, by its name
   */
  public record Entry(
      String user,
      boolean isAllowed,
      AclOperation operation,
      ResourceType type,
      String name,
      String request) {}

  /** Has broker 1 write what it allows too, from now on. */
  public static AuthorizerLog begin(Admin owner, Path file)
      throws ExecutionException, InterruptedException {
    var resource = new ConfigResource(ConfigResource.Type.BROKER_LOGGER, "1");
    var debug =
        new AlterConfigOp(
            new ConfigEntry("kafka.authorizer.logger", "DEBUG"), AlterConfigOp.OpType.SET);
    owner.incrementalAlterConfigs(Map.of(resource, List.of(debug))).all().get();
    return new AuthorizerLog(file);
  }

  /** Everything so far, the oldest first, but for what was written over ten megabytes ago. */
  public List<Entry> entries() {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(ENTRY::matcher).filter(Matcher::find).map(AuthorizerLog::entry).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static ResourceType type(String name) {
    return name.equals("TransactionalId")
        ? ResourceType.TRANSACTIONAL_ID
        : ResourceType.fromString(name);
  }

  private static Entry entry(Matcher found) {
    return new Entry(
        found.group("user"),
        found.group("answer").equals("Allowed"),
        AclOperation.fromString(found.group("operation")),
        type(found.group("type")),
        found.group("name"),
        found.group("request"));
  }
}
