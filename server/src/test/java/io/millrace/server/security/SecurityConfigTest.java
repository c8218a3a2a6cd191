package io.millrace.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.collector.sender.AddressBlock;
import io.millrace.collector.sender.TrustedProxies;
import io.millrace.server.ServerException;
import io.millrace.server.security.SecurityConfig.AccessMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecurityConfigTest {
  private static final Transport TLS = new Transport.Tls(Path.of("c"), Path.of("k"));
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @Test
  void theLoopbackInterfaceMayBeOpen() {
    for (String host : List.of("127.0.0.1", "::1", "127.8.9.1")) {
      assertThatCode(() -> SecurityConfig.OPEN.require(host, TrustedProxies.NONE))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void nothingElseIsServedWithoutTlsAndTokensAndAllThatIsMissingIsToldAtOnce() {
    for (String host : List.of("0.0.0.0", "::", "192.168.1.2", "10.0.0.1", "2001:db8::1")) {
      assertThatThrownBy(() -> SecurityConfig.OPEN.require(host, TrustedProxies.NONE))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining("http.tls")
          .hasMessageContaining("behind-proxy")
          .hasMessageContaining("security.access");
      assertThat(problems(TLS, AccessMode.OPEN, host)).hasSize(1);
      assertThat(problems(new Transport.Plain(), AccessMode.TOKENS, host)).hasSize(1);
      assertThat(problems(TLS, AccessMode.TOKENS, host)).isEmpty();
    }
  }

  @Test
  void aProxyAsksForAnybodyWhereverItIs() {
    var behind = new Transport.BehindProxy();
    var named = new TrustedProxies(List.of(AddressBlock.parse("127.0.0.1")));
    for (String host : List.of("127.0.0.1", "::1", "0.0.0.0")) {
      assertThat(problems(behind, AccessMode.OPEN, host))
          .hasSize(2)
          .anyMatch(problem -> problem.startsWith("security.access"))
          .anyMatch(problem -> problem.startsWith("collector.trusted-proxies"));
      assertThat(problems(behind, AccessMode.TOKENS, host))
          .singleElement()
          .asString()
          .startsWith("collector.trusted-proxies");
      assertThat(config(behind, AccessMode.TOKENS).problems(host, named)).isEmpty();
    }
  }

  private static List<String> problems(Transport transport, AccessMode access, String host) {
    return config(transport, access).problems(host, TrustedProxies.NONE);
  }

  @Test
  void somebodyMustBeAbleToChangeThings() {
    SecurityConfig noAdmin = config(TLS, AccessMode.TOKENS);

    assertThatThrownBy(() -> noAdmin.requireAdmin(false))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("millrace token create");
    assertThatCode(() -> noAdmin.requireAdmin(true)).doesNotThrowAnyException();
    assertThatCode(
            () ->
                new SecurityConfig(
                        TLS,
                        AccessMode.TOKENS,
                        Optional.of(AdminToken.of(SECRET)),
                        Optional.of(ClusterSecret.of(SECRET)))
                    .requireAdmin(false))
        .doesNotThrowAnyException();
    assertThatCode(() -> SecurityConfig.OPEN.requireAdmin(false)).doesNotThrowAnyException();
  }

  @Test
  void showsNoSecret() {
    assertThat(
            new SecurityConfig(
                TLS,
                AccessMode.TOKENS,
                Optional.of(AdminToken.of(SECRET)),
                Optional.of(ClusterSecret.of(SECRET))))
        .asString()
        .doesNotContain(SECRET);
  }

  private static SecurityConfig config(Transport transport, AccessMode access) {
    return new SecurityConfig(transport, access, Optional.empty(), Optional.empty());
  }
}
