package io.millrace.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.ServerException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSecretTest {
  private static final String TEXT = "0123456789abcdef0123456789ABCDEF";

  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
  private static final InternalRequest REQUEST =
      new InternalRequest("POST", URI.create("https://a.example"), "/internal/cells");

  @Test
  void provesARequestToOneAddressForAMomentAlone() {
    ClusterSecret secret = ClusterSecret.of(TEXT);
    String sent = secret.authorization(REQUEST, NOW);

    assertThat(sent).doesNotContain(TEXT);
    assertThat(secret.isProvenBy(sent, REQUEST, NOW)).isTrue();
    assertThat(secret.isProvenBy(sent, REQUEST, NOW.plusSeconds(60))).isTrue();
    assertThat(secret.isProvenBy(sent, REQUEST, NOW.minusSeconds(60))).isTrue();
    assertThat(secret.isProvenBy(sent, request("POST", "https://A.example:443/"), NOW)).isTrue();

    assertThat(secret.isProvenBy(sent, REQUEST, NOW.plusMillis(60_001))).isFalse();
    assertThat(secret.isProvenBy(sent, REQUEST, NOW.minusMillis(60_001))).isFalse();
    for (String other :
        List.of("http://a.example", "https://a.example:8443", "https://b.example")) {
      assertThat(secret.isProvenBy(sent, request("POST", other), NOW)).as(other).isFalse();
    }
    assertThat(secret.isProvenBy(sent, request("GET", "https://a.example"), NOW)).isFalse();
    assertThat(
            secret.isProvenBy(
                sent, new InternalRequest("POST", REQUEST.instance(), "/internal/x"), NOW))
        .isFalse();
    assertThat(ClusterSecret.of(TEXT + 'x').isProvenBy(sent, REQUEST, NOW)).isFalse();
  }

  @Test
  void isNotProvenByItselfNorByAnythingElse() {
    ClusterSecret secret = ClusterSecret.of(TEXT);
    String sent = secret.authorization(REQUEST, NOW);
    String later =
        sent.replace(Long.toString(NOW.toEpochMilli()), "" + NOW.plusSeconds(1).toEpochMilli());

    for (String other :
        List.of(
            "",
            "Bearer " + TEXT,
            later,
            sent + "x",
            sent.substring(0, sent.length() - 1),
            "Millrace 99999999999999999999 " + sent.substring(sent.length() - 43))) {
      assertThat(secret.isProvenBy(other, REQUEST, NOW)).as(other).isFalse();
    }
  }

  @Test
  void anAnswerProvesThatItIsToThisRequest() {
    ClusterSecret secret = ClusterSecret.of(TEXT);
    String sent = secret.authorization(REQUEST, NOW);
    String answer = secret.answer(sent);

    assertThat(secret.isAnsweredBy(sent, answer)).isTrue();
    assertThat(secret.isAnsweredBy(sent, "")).isFalse();
    assertThat(secret.isAnsweredBy(sent, sent.substring(sent.length() - 43))).isFalse();
    assertThat(secret.isAnsweredBy(secret.authorization(REQUEST, NOW.plusMillis(1)), answer))
        .isFalse();
  }

  private static InternalRequest request(String method, String instance) {
    return new InternalRequest(method, URI.create(instance), REQUEST.path());
  }

  @Test
  void refusesWhatCanBeGuessedOrNotSentAndDoesNotShowIt() {
    String guessable = "only thirty-one bytes of secret";

    assertThatThrownBy(() -> ClusterSecret.of(guessable))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("security.cluster-secret")
        .hasMessageContaining("32")
        .hasMessageNotContaining(guessable);
    assertThatThrownBy(() -> ClusterSecret.of(TEXT + "\r\nX: 1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(TEXT);
  }

  @Test
  void isNotShown() {
    assertThat(ClusterSecret.of(TEXT)).hasToString("********");
  }

  @Test
  void isReadFromAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), TEXT + "\n");

    assertThat(ClusterSecret.read(file).authorization(REQUEST, NOW))
        .isEqualTo(ClusterSecret.of(TEXT).authorization(REQUEST, NOW));
    assertThatThrownBy(() -> ClusterSecret.read(folder.resolve("none")))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("none");
  }
}
