package io.millrace.testing.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.SecuredInstance;
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
 * The commands of the page work as they stand there, in their order, beside an instance that asks
 * for tokens.
 */
@Timeout(400)
class SecuringHttpPageIT {
  private static final String ADMIN = "an-admin-token-of-the-page-0123456789";
  private static final String CLUSTER = "a-cluster-secret-of-the-page-0123456789";
  private static final List<String> BLOCKS = Page.read("operations/securing-http.md").blocks("sh");

  @TempDir private Path folder;

  @Test
  void theCommandsWork() throws IOException {
    ChildJvm.writeLauncher(folder.resolve("millrace"));
    try (SecuredInstance millrace =
        SecuredInstance.start(folder.resolve("millrace-data"), ADMIN, CLUSTER)) {
      Files.writeString(folder.resolve("millrace.yaml"), configuration(millrace));

      String data = millrace.folder().toString();
      SecuredInstance.output("key", "--site", "other.example", "--data", data);

      new CommandBlocks(folder, replacements(millrace)).runAll(BLOCKS);

      assertThat(SecuredInstance.output("token", "list", "--data", data))
          .contains("ada (on call)")
          .doesNotContain("prometheus");
      assertThat(SecuredInstance.output("key", "list", "--data", data))
          .contains("other.example")
          .doesNotContain("shop.example");
    }
  }

  private static String configuration(SecuredInstance millrace) {
    return """
        kafka.bootstrap.servers: %s
        data: elsewhere
        http.port: %d
        security.access: tokens
        security.admin-token: %s
        """
        .formatted(millrace.bootstrapServers(), millrace.url().getPort(), ADMIN);
  }

  /** What is revoked has another name each time; a key that leaked has to be there. */
  private static Map<String, String> replacements(SecuredInstance millrace) {
    var replacements = new LinkedHashMap<String, String>();
    replacements.put("https://stats.example", millrace.url().toString());
    replacements.put(
        "revoke k3v9x2m8qa", "revoke $(millrace token list | awk '/prometheus/ {print $1}')");
    replacements.put(
        "revoke 3f9a0c2b71de", "revoke $(millrace key list | awk '/shop.example/ {print $1}')");
    replacements.put(
        "millrace key revoke --key-file",
        "millrace key --site shop.example > leaked.txt\nmillrace key revoke --key-file");
    return replacements;
  }
}
