package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

  @TempDir private Path temporary;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpShowsTheCommandsAndAnExample() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("kafka", "Example").doesNotContain("warm-up");
  }

  @Test
  void noCommandShowsTheHelp() {
    assertThat(run()).isZero();
    assertThat(out.toString()).contains("Usage: millrace");
  }

  @Test
  void versionNamesTheProgram() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("millrace ");
  }

  @Test
  void anUnknownCommandIsAnErrorOfUse() {
    assertThat(run("kaffka")).isEqualTo(2);
    assertThat(err.toString()).contains("kaffka");
  }

  @Test
  void aBadNumberOfBrokersIsSaidInOneLine() {
    assertThat(run("kafka", "--brokers", "2")).isEqualTo(2);
    assertThat(err.toString()).contains("brokers is 2; it must be 1 or 3").doesNotContain("\tat ");
  }

  @Test
  void aTakenPortIsNamedWithWhatToDo() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());

      assertThat(run("demo", "--port", port, "--data", temporary.toString())).isEqualTo(1);
      assertThat(err.toString())
          .isEqualTo(
              "millrace: Port %s is in use. Stop what uses it, or choose another with --port.%n"
                  .formatted(port));
    }
  }

  @Test
  void aSiteThatCanBeNoneIsAnErrorOfUse() {
    for (String command : List.of("key --site Shop", "import --site Shop pom.xml")) {
      assertThat(run(command.split(" "))).as(command).isEqualTo(2);
      assertThat(err.toString()).contains("--site", "'Shop' is not a host name");
      err.getBuffer().setLength(0);
    }
  }

  @Test
  void aKeyOfAFolderOnWhichNothingRunsIsAnErrorOfUse() {
    assertThat(run("key", "--site", "shop.example", "--data", temporary.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("nothing runs on " + temporary, "--kafka");
  }

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
