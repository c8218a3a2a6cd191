package io.millrace.query.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {

  /** Whoever makes a token gives it any name. */
  @ParameterizedTest
  @ValueSource(strings = {"ada", "admin token", "anyone", "command line of root"})
  void theHistoryTellsTokensFromAllOthers(String name) {
    var token = new Caller("0123456789ab", name, Set.of(Right.CHANGE), SiteScope.every());

    assertThat(token.author()).isEqualTo("token 0123456789ab (" + name + ")");
  }

  @Test
  void whoHasNoTokenOfOursIsNamedAlone() {
    var admin = new Caller("admin", "admin token", Set.of(Right.values()), SiteScope.every());

    assertThat(admin.author()).isEqualTo("admin token");
    assertThat(Caller.ANYONE.author()).isEqualTo("anyone");
  }
}
