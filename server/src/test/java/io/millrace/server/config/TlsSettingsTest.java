package io.millrace.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.security.Transport;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TlsSettingsTest {
  private static final Optional<Path> CERTIFICATE = Optional.of(Path.of("server.pem"));
  private static final Optional<Path> KEY = Optional.of(Path.of("server.key"));

  @Test
  void saysHowRequestsCome() {
    assertThat(TlsSettings.OFF.transport()).isEqualTo(new Transport.Plain());
    assertThat(new TlsSettings(Optional.empty(), Optional.empty(), true).transport())
        .isEqualTo(new Transport.BehindProxy());
    assertThat(new TlsSettings(CERTIFICATE, KEY, false).transport())
        .isEqualTo(new Transport.Tls(Path.of("server.pem"), Path.of("server.key")));
  }

  @Test
  void refusesHalfOfAPairAndBothWaysAtOnce() {
    assertThatThrownBy(() -> new TlsSettings(CERTIFICATE, Optional.empty(), false))
        .hasMessageStartingWith("key: expected a file");
    assertThatThrownBy(() -> new TlsSettings(Optional.empty(), KEY, false))
        .hasMessageStartingWith("certificate: expected a file");
    assertThatThrownBy(() -> new TlsSettings(CERTIFICATE, KEY, true))
        .hasMessageStartingWith("behind-proxy: ");
  }
}
