package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {

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

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
