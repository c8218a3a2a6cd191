package io.millrace.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdvertisedUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.7:8080",
        "https://processor-a.example",
        "https://[fd00::7]:8443",
      })
  void isABaseOfPaths(String text) {
    assertThat(AdvertisedUrl.parse(text).toString()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "processor-a.example:8080",
        "ftp://processor-a.example",
        "https://",
        "https://some_one:secret@processor-a.example",
        "https://processor-a.example/path",
        "https://processor-a.example?query",
        "https://processor-a.example#fragment",
        "https://processor-a.example:70000",
        "https://processor-a.example:0",
        "https://processor a.example",
      })
  void isNothingElse(String text) {
    assertThatThrownBy(() -> AdvertisedUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("such as https://processor-a.example:8080");
  }

  @Test
  void isEncryptedWhereTheServerIs() {
    List<GivenValue> flags =
        List.of(
            GivenValue.flag("--set", "http.tls.certificate", "server.pem"),
            GivenValue.flag("--set", "http.tls.key", "server.key"),
            GivenValue.flag("--set", "http.advertised-url", "http://processor-a.example:8080"));

    ConfigResult result =
        ConfigLoader.parse("m.yaml", "kafka.bootstrap.servers: 127.0.0.1:9092", Map.of(), flags);

    assertThat(result).isInstanceOf(ConfigResult.Invalid.class);
    assertThat(((ConfigResult.Invalid) result).problems())
        .extracting(ConfigProblem::key)
        .containsExactly("http.advertised-url");
  }
}
