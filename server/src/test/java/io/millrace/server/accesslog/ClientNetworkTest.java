package io.millrace.server.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "192.0.2.77, 192.0.2.0",
    "::ffff:192.0.2.77, 192.0.2.0",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:0:0:0:0:0",
  })
  void keepsOnlyTheNetwork(String address, String network) {
    assertThat(ClientNetwork.of(address)).contains(new ClientNetwork(network));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"localhost", "a.example", "1.2.3.999", "g::1", "''"})
  void knowsWhatIsNoAddress(String text) {
    assertThat(ClientNetwork.of(text)).isEmpty();
  }
}
