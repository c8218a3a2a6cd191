package io.millrace.testing.documentation;

import io.millrace.server.instance.InstanceConfig;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.RunningInstance;
import io.millrace.testing.harness.TestEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What stands in a block marked {@code sh} on the pages for operators works as it stands there, but
 * for addresses. What runs until it is stopped is in blocks without the mark; the tests of clusters
 * and drills run it.
 */
@Timeout(400)
class OperationsCommandsIT {
  private static final List<String> PAGES =
      List.of("deploying", "running", "scaling", "upgrading", "growing", "recovering");

  @TempDir private Path folder;

  @Test
  void commandsOfThePagesForOperatorsWork() throws IOException {
    ChildJvm.writeLauncher(folder.resolve("millrace"));
    try (RunningInstance millrace =
        RunningInstance.start(InstanceConfig.local(folder.resolve("running"), 0))) {
      String brokers = millrace.local().bootstrapServers();
      Files.writeString(folder.resolve("millrace.yaml"), configuration(brokers));
      millrace.http().postEvents(RunningInstance.KEY, TestEvent.now("1", "/").json());
      var blocks =
          PAGES.stream()
              .flatMap(page -> Page.read("operations/" + page + ".md").blocks("sh").stream())
              .toList();

      new CommandBlocks(folder, replacements(millrace.url().toString(), brokers)).runAll(blocks);
    }
  }

  private static String configuration(String brokers) {
    return """
        kafka.bootstrap.servers: %s
        data: elsewhere
        topics:
          click-partitions: 8
          rollup-partitions: 4
          replication-factor: 1
        """
        .formatted(brokers);
  }

  /** In the order in which they are applied. */
  private static Map<String, String> replacements(String url, String brokers) {
    var replacements = new LinkedHashMap<String, String>();
    replacements.put("http://127.0.0.1:8080", url);
    replacements.put("127.0.0.1:9092", brokers);
    // One broker is less than the doctor likes, and so it ends with 1; a wrong option is 2.
    replacements.put(
        "doctor --config millrace.yaml", "doctor --config millrace.yaml || [ $? = 1 ]");
    return replacements;
  }
}
