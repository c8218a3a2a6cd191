package io.millrace.testing.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.testing.harness.Canary;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.SecretScan;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Secrets of those who send, and all that fails with one of them in it. */
final class PlantedSecrets {
  static final Canary KEY = Canary.of("a write key");
  private static final Canary WRONG_KEY = Canary.of("a key that is none");
  private static final Canary PASSWORD = Canary.of("a password in a header");
  static final Canary ENVIRONMENT = Canary.of("the key of another process");
  static final List<Canary> ALL = List.of(KEY, WRONG_KEY, PASSWORD, ENVIRONMENT);

  private final RunningProgram program;
  private final HostileSender sender;
  private final SecretScan scan;
  private final RawHttp raw;

  PlantedSecrets(RunningProgram program, HostileSender sender, SecretScan scan) {
    this.program = program;
    this.sender = sender;
    this.scan = scan;
    raw = new RawHttp(program.url());
  }

  /** Whatever fails with a secret in it. */
  void provoke(Path elsewhere) throws Exception {
    String page = HostileSender.event("wrong", "/wrong").toString();
    assertThat(sender.seen(program.http().postEvents(WRONG_KEY.value(), page)).status())
        .isEqualTo(401);
    assertThat(sender.seen(program.http().postEvents(KEY.value(), "{\"url\":1}")).status())
        .isEqualTo(400);
    assertThat(
            sender
                .seen(
                    program
                        .http()
                        .postEvents(
                            "",
                            "{\"write_key\":\""
                                + WRONG_KEY.value()
                                + "\",\"url\":\"http://a.example/\"}"))
                .status())
        .isEqualTo(401);
    String encoded = URLEncoder.encode(WRONG_KEY.value(), StandardCharsets.UTF_8);
    for (String target :
        List.of(
            "/v1/pixel.gif?url=http://a.example/&key=" + encoded,
            "/v1/events?key=" + encoded,
            "/api/v1/views/pages?site=x&token=" + "x",
            "/")) {
      RawHttp.Reply reply =
          raw.get(
              target,
              "Authorization: Basic "
                  + Base64.getEncoder()
                      .encodeToString(("u:" + PASSWORD.value()).getBytes(StandardCharsets.UTF_8)),
              "Cookie: session=" + PASSWORD.value(),
              "X-Api-Key: " + PASSWORD.value());
      scan.text(
          "the answer to " + target.substring(0, Math.min(14, target.length())), reply.text());
    }
    Path log =
        Files.writeString(
            elsewhere.resolve("access.log"),
            "83.149.9.216 - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" \"Mozilla/5.0\"\n");
    try (ChildJvm sender =
        ChildJvm.millraceWith(
            Map.of("MILLRACE_KEY", ENVIRONMENT.value()),
            "import",
            log.toString(),
            "--target",
            program.url().toString(),
            "--site",
            HostileSender.SITE.value())) {
      await("its arguments").atMost(RunningProgram.PATIENCE).until(() -> argumentsAreThere(sender));
      scan.arguments(sender.pid());
      assertThat(sender.awaitExit(RunningProgram.PATIENCE)).isNotZero();
      scan.text("what an import told", sender.output() + sender.errors());
    }
  }

  private static boolean argumentsAreThere(ChildJvm process) throws IOException {
    return !process.isAlive()
        || Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).contains("import");
  }
}
