package io.millrace.model.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenDirectoryTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final String TEXT = "mlr_ab12_0123456789-_secret";
  private final TokenDirectory tokens = new TokenDirectory();

  @Test
  void findsATokenByItsWholeText() {
    AccessToken token = issue("ab12", TEXT, Optional.empty());

    assertThat(tokens.find(TEXT, NOW)).contains(token);
    for (String wrong :
        List.of(
            TEXT + "x",
            TEXT.substring(0, TEXT.length() - 1),
            "mlr_ab12_",
            "mlr_ab12",
            "mlr__",
            "mlr_",
            "",
            "mlr_zz99_0123456789-_secret",
            "ab12",
            "x".repeat(10_000))) {
      assertThat(tokens.find(wrong, NOW)).as(wrong).isEmpty();
    }
  }

  @Test
  void aTokenIsWorthNothingOnceItExpiresOrIsRevoked() {
    issue("ab12", TEXT, Optional.of(NOW));

    assertThat(tokens.find(TEXT, NOW.minusMillis(1))).isPresent();
    assertThat(tokens.find(TEXT, NOW)).isEmpty();
    tokens.apply(new ControlCommand.RevokeToken("ab12"));
    assertThat(tokens.find(TEXT, NOW.minusMillis(1))).isEmpty();
    assertThat(tokens.tokens()).isEmpty();
  }

  @Test
  void severalOfOneNameAreValidAtATimeSoThatTheyCanBeRotated() {
    issue("ab12", TEXT, Optional.of(NOW.plusSeconds(60)));
    issue("cd34", "mlr_cd34_other", Optional.empty());

    assertThat(tokens.find(TEXT, NOW)).isPresent();
    assertThat(tokens.find("mlr_cd34_other", NOW)).isPresent();
    assertThat(tokens.tokens()).extracting(AccessToken::id).containsExactly("ab12", "cd34");
  }

  @Test
  void aTokenIsRefusedThatMakesNoSense() {
    assertThatThrownBy(() -> token("AB", "ada", TokenRole.VIEWER, Optional.empty()))
        .hasMessageContaining("id");
    assertThatThrownBy(() -> token("ab12", "a\u001b[1m", TokenRole.VIEWER, Optional.empty()))
        .hasMessageContaining("name");
    assertThatThrownBy(() -> token("ab12", "ada", TokenRole.VIEWER, Optional.of(Set.of())))
        .hasMessageContaining("sites");
    for (TokenRole role : List.of(TokenRole.ADMIN, TokenRole.OPERATOR)) {
      assertThatThrownBy(() -> token("ab12", "ada", role, Optional.of(Set.of(new SiteId("shop")))))
          .hasMessageContaining("sites");
    }
  }

  private AccessToken issue(String id, String text, Optional<Instant> expires) {
    var token =
        new AccessToken(
            id, "ada", WriteKey.hash(text), TokenRole.VIEWER, Optional.empty(), expires);
    tokens.apply(new ControlCommand.IssueToken(token));
    return token;
  }

  private static AccessToken token(
      String id, String name, TokenRole role, Optional<Set<SiteId>> sites) {
    return new AccessToken(id, name, "00", role, sites, Optional.empty());
  }
}
