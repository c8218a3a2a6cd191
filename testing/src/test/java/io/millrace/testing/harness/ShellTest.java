package io.millrace.testing.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellTest {
  @TempDir private Path folder;

  @Test
  void runsCommandsInTheFolder() {
    Shell.Result result = shell(30).run("echo one > a\ncat a | tr o O\n");

    assertThat(result).isEqualTo(new Shell.Result(0, "One\n"));
    assertThat(folder.resolve("a")).hasContent("one");
  }

  @Test
  void findsACommandThatFailsBeforeTheLast() {
    assertThat(shell(30).run("false\necho on\n")).isEqualTo(new Shell.Result(1, ""));
    assertThat(shell(30).run("false | cat\n").exitCode()).isEqualTo(1);
  }

  @Test
  void findsAnAnswerThatIsAnError() throws IOException {
    // Given
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/missing";

    // When
    Shell.Result result = shell(30).run("curl " + url);

    // Then
    assertThat(result.exitCode()).as(result.output()).isEqualTo(22);
    server.stop(0);
  }

  @Test
  void doesNotWaitForEver() {
    assertThatThrownBy(() -> shell(1).run("echo begun; sleep 600"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("begun");
  }

  private Shell shell(int seconds) {
    return new Shell(folder, Duration.ofSeconds(seconds));
  }
}
