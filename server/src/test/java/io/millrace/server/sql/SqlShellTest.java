package io.millrace.server.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.server.report.ViewClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person at a terminal, who types and reads. The terminal's line discipline is JLine's. */
@Timeout(120)
class SqlShellTest {
  private static final String CONTROL_C = "\u0003";
  private static final String CONTROL_D = "\u0004";
  private static final Pattern CONTROL_SEQUENCE =
      Pattern.compile("\u001b(\\[[0-9;?]*[ -/]*[@-~]|[=>])");

  @TempDir private Path folder;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final PipedOutputStream keys = new PipedOutputStream();
  private FakeSqlServer server;
  private ExternalTerminal terminal;
  private CompletableFuture<Boolean> conversation;

  @BeforeEach
  void start() throws IOException {
    server = new FakeSqlServer();
    terminal =
        new ExternalTerminal(
            "test", "xterm", new PipedInputStream(keys), shown, StandardCharsets.UTF_8);
    terminal.setSize(Size.of(80, 24));
    conversation = CompletableFuture.supplyAsync(this::talk);
  }

  private boolean talk() {
    try (var client = new SqlClient(server.url());
        var views = new ViewClient(server.url())) {
      return new SqlShell(
              terminal, client, views, AnswerFormat.TABLE, OptionalInt.empty(), history())
          .run();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @AfterEach
  void stop() throws IOException {
    keys.close();
    terminal.close();
    server.close();
  }

  @Test
  void runsAStatementOfSeveralLines() throws Exception {
    awaitText("has 2 views");
    type("SELECT path,\r");
    awaitText(";> ");
    assertThat(server.asked).isEmpty();
    type("events FROM pages;\r");

    awaitText("(0 rows, 4 ms)");
    assertThat(server.statements()).containsExactly("SELECT path,\nevents FROM pages");
    leave();
  }

  @Test
  void goesOnAfterAnError() throws Exception {
    type("SELECT 1,\r  pth FROM pages;\r");
    awaitText("error: line 2, column 3: there is no column pth");
    type(FakeSqlServer.PATHS + ";\r");
    awaitText("(2 rows, 4 ms)");
    leave();
  }

  @Test
  void stopsAStatementAndStays() throws Exception {
    type(FakeSqlServer.ENDLESS + ";\r");
    await().until(() -> server.statements().contains(FakeSqlServer.ENDLESS));
    type(CONTROL_C);
    awaitText("stopped");
    assertThat(server.left.await(30, TimeUnit.SECONDS)).as("the connection is closed").isTrue();

    type(FakeSqlServer.SILENT + ";\r");
    await().until(() -> server.statements().contains(FakeSqlServer.SILENT));
    type(CONTROL_C);
    await().until(() -> text().split("stopped", -1).length == 3);

    type(FakeSqlServer.PATHS + ";\r");
    awaitText("(2 rows, 4 ms)");
    leave();
  }

  @Test
  void clearsWhatIsTypedAndStays() throws Exception {
    awaitText("millrace> ");
    type("SELECT nothing");
    awaitText("SELECT nothing");
    type(CONTROL_C);
    await().until(() -> text().endsWith("millrace> "));
    type(FakeSqlServer.PATHS + ";\r");
    awaitText("(2 rows, 4 ms)");
    assertThat(server.statements()).containsExactly(FakeSqlServer.PATHS);
    leave();
  }

  @Test
  void listsViewsAndTheirColumns() throws Exception {
    type("\\d\r");
    awaitText("pages  site, window_start, window_end, path, events, visitors");
    awaitText("books  partition, events");
    type("\\d pages\r");
    awaitText("visitors      distinct");
    type("\\d nothing\r");
    awaitText("there is no view nothing");
    type("\\x\r");
    awaitText("there is no command \\x");
    type("\\?\r");
    awaitText("Ctrl-R");
    type("\\q\r");
    assertThat(conversation.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void completesWithTheTabKey() throws Exception {
    awaitText("millrace> ");
    type("SEL\t* FROM pag\t;\r");

    awaitText("(0 rows, 4 ms)");
    assertThat(server.statements()).containsExactly("SELECT * FROM pages");
    leave();
  }

  @Test
  void remembersStatementsWhereNobodyElseReadsThem() throws Exception {
    type(" SELECT secret;\r");
    awaitText("(0 rows, 4 ms)");
    type(FakeSqlServer.PATHS + ";\r");
    awaitText("(2 rows, 4 ms)");
    leave();

    assertThat(Files.readString(history()))
        .contains(FakeSqlServer.PATHS + ";")
        .doesNotContain("secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history())))
        .isEqualTo("rw-------");
  }

  @Test
  void saysSoAtOnceWhereNobodyAnswers() throws Exception {
    leave();
    server.close();
    shown.reset();

    assertThat(talk()).isFalse();
    assertThat(text()).contains("no answer from", "millrace demo");
  }

  private void type(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  private void leave() throws Exception {
    await().until(() -> text().endsWith("millrace> "));
    type(CONTROL_D);
    assertThat(conversation.get(30, TimeUnit.SECONDS)).isTrue();
  }

  private Path history() {
    return folder.resolve("history");
  }

  private String text() {
    return CONTROL_SEQUENCE
        .matcher(shown.toString(StandardCharsets.UTF_8))
        .replaceAll("")
        .replace("\r", "");
  }

  private void awaitText(String expected) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(text()).contains(expected));
  }
}
