package io.millrace.testing.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.SiteId;
import io.millrace.testing.harness.AccessLogOracle;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.RunningInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What stands in a block marked {@code sh} on a page of the guide works as it stands there, but for
 * addresses, keys and a shorter time. The commands run in the order of the page, in one folder that
 * looks like a checkout.
 */
@Timeout(400)
class GuideCommandsIT {
  private static final List<String> BLOCKS =
      Page.readAll("guide").stream().flatMap(page -> page.blocks("sh").stream()).toList();

  /** What is not run, by how it begins, with the reason. */
  private static final Map<String, String> SKIPPED =
      Map.of(
          "./millrace demo\n", "runs until Ctrl-C; the other commands need what it starts",
          "curl -N ", "a stream that does not end");

  @TempDir private Path folder;

  @BeforeEach
  void makeItLookLikeACheckout() throws IOException {
    ChildJvm.writeLauncher(folder.resolve("millrace"));
    Path examples = AccessLogOracle.file().toAbsolutePath().getParent();
    Files.createSymbolicLink(folder.resolve("examples"), examples);
  }

  @Test
  void whatIsSkippedIsThere() {
    for (String start : SKIPPED.keySet()) {
      assertThat(BLOCKS).as(start).anyMatch(block -> block.startsWith(start));
    }
  }

  @Test
  void commandsForARunningMillraceWork() {
    try (RunningInstance millrace = RunningInstance.start(folder.resolve("millrace-data"))) {
      millrace.local().admit(new SiteId("demo"), "Demo site", "demo", Set.of());

      runAll(
          block -> !startsItsOwn(block),
          Map.of(
              "http://127.0.0.1:8080",
              millrace.url().toString(),
              "https://stats.example",
              millrace.url().toString(),
              "MILLRACE_KEY=…",
              "MILLRACE_KEY=" + RunningInstance.KEY,
              "import access.log",
              "import examples/access-2015-05.log.gz"));
    }
  }

  @Test
  void commandsThatStartAMillraceOfTheirOwnWork() {
    runAll(GuideCommandsIT::startsItsOwn, Map.of("--for 60s", "--for 3s --port 0"));
  }

  private static boolean startsItsOwn(String block) {
    return block.contains("./millrace demo")
        || (block.contains("./millrace import") && !block.contains("--target"));
  }

  private void runAll(Predicate<String> wanted, Map<String, String> replacements) {
    List<String> blocks =
        BLOCKS.stream()
            .filter(block -> SKIPPED.keySet().stream().noneMatch(block::startsWith))
            .filter(wanted)
            .toList();
    new CommandBlocks(folder, replacements).runAll(blocks);
  }
}
