package io.millrace.testing.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scan that finds nothing says something only if it would have found it. */
class SecretScanTest {
  private final Canary canary = Canary.of("the test");
  private final SecretScan scan = new SecretScan(List.of(Canary.of("another place"), canary));

  @Test
  void findsASecretInEveryForm() {
    scan.text("plain", "key=" + canary.value() + ";");
    scan.text(
        "an address", "?key=" + java.net.URLEncoder.encode(canary.value(), StandardCharsets.UTF_8));
    for (String before : List.of("", "u", "us", "use", "user:")) {
      scan.text("Basic after " + before, base64(before + canary.value() + "\n"));
    }

    assertThat(scan.hits()).hasSize(7).allMatch(hit -> hit.startsWith("secret of the test in "));
  }

  @Test
  void findsOnlyWhatIsThere(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("logs"));
    Files.write(folder.resolve("logs/0.log"), new byte[] {0, (byte) 0xC3, 1});
    scan.files(folder);
    assertThat(scan.hits()).isEmpty();

    Files.writeString(folder.resolve("logs/1.log"), "\0\1" + canary.value());
    scan.files(folder);
    assertThat(scan.hits()).hasSize(1);
    assertThat(scan.scanned()).isPositive();
  }

  @Test
  void findsASecretAmongTheArgumentsOfAProcess() throws Exception {
    Process careless = new ProcessBuilder("sleep", "60", "0" + canary.value().length()).start();
    Process leaking = new ProcessBuilder("sh", "-c", "sleep 60; true", canary.value()).start();
    try {
      scan.arguments(careless.pid());
      assertThat(scan.hits()).isEmpty();
      scan.arguments(leaking.pid());
      assertThat(scan.hits()).hasSize(1);
    } finally {
      leaking.descendants().forEach(ProcessHandle::destroy);
      leaking.destroy();
      careless.destroy();
    }
  }

  /** More of them than fit what pipes and sockets hold. */
  @Test
  void findsASecretAmongTheManyThreadsOfThisProcess() throws Exception {
    var end = new CountDownLatch(1);
    try {
      for (int number = 0; number < 400; number++) {
        Thread.ofPlatform().daemon().name("thread-" + number).start(() -> awaitEnd(end));
      }
      scan.threads(ProcessHandle.current().pid());
      assertThat(scan.scanned()).isGreaterThan(200_000);
      assertThat(scan.hits()).isEmpty();

      Thread.ofPlatform().daemon().name("of " + canary.value()).start(() -> awaitEnd(end));
      scan.threads(ProcessHandle.current().pid());
      assertThat(scan.hits()).hasSize(1);
    } finally {
      end.countDown();
    }
  }

  private static void awaitEnd(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
