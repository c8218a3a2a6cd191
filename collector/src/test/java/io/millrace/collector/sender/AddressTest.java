package io.millrace.collector.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses: reading them, cutting them, and believing proxies about them. */
class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "203.0.113.77,203.0.113.0",
    "0.0.0.0,0.0.0.0",
    "2001:db8:1:2:3:4:5:6,2001:db8:1:0:0:0:0:0",
    "::1,0:0:0:0:0:0:0:0",
    "::ffff:203.0.113.77,203.0.113.0"
  })
  void onlyTheNetworkIsKept(String address, String network) {
    assertThat(AddressTruncation.networkOf(address(address))).isEqualTo(network);
  }

  @Test
  void mappedBytesAreAnIpv4Address() throws UnknownHostException {
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 203, 0, 113, 77};

    assertThat(AddressTruncation.networkOf(Inet6Address.getByAddress("x", mapped, 0)))
        .isEqualTo("203.0.113.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "1.2.3.4.5",
        "1.2.3.",
        "1.2.3.256",
        "01.2.3.4",
        "fe80::1%eth0",
        "[::1]",
        ":",
        "::g",
        "1.2.3.4 ",
        "a.b.c.d"
      })
  void otherFormsAreNoAddress(String text) {
    assertThat(AddressLiteral.parse(text)).isEmpty();
  }

  @Property(tries = 500)
  void anyTextIsAnAddressOrNone(@ForAll String text) {
    assertThat(AddressLiteral.parse(text)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,10.255.0.1,true",
    "10.0.0.0/8,11.0.0.1,false",
    "192.0.2.128/25,192.0.2.127,false",
    "192.0.2.128/25,192.0.2.200,true",
    "192.0.2.1,192.0.2.1,true",
    "192.0.2.1,192.0.2.2,false",
    "0.0.0.0/0,8.8.8.8,true",
    "0.0.0.0/0,::1,false",
    "2001:db8::/33,2001:db8:7fff::1,true",
    "2001:db8::/33,2001:db8:8000::1,false"
  })
  void aBlockHoldsItsAddresses(String block, String address, boolean contained) {
    assertThat(AddressBlock.parse(block).contains(address(address))).isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "proxy.example", "::/129"})
  void whatIsNoBlockIsRefused(String text) {
    assertThatThrownBy(() -> AddressBlock.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.9,'198.51.100.1',192.0.2.9",
    "10.0.0.1,'',10.0.0.1",
    "10.0.0.1,'198.51.100.1',198.51.100.1",
    "10.0.0.1,'6.6.6.6, 198.51.100.1',198.51.100.1",
    "10.0.0.1,'6.6.6.6, 198.51.100.1, 10.0.0.2',198.51.100.1",
    "10.0.0.1,'10.0.0.3, 10.0.0.2',10.0.0.3",
    "10.0.0.1,'6.6.6.6, unknown, 10.0.0.2',10.0.0.2",
    "10.0.0.1,'198.51.100.1:4711',198.51.100.1",
    "10.0.0.1,'[2001:db8::1]:4711',2001:db8::1",
  })
  void onlyTrustedProxiesAreBelievedAndOnlyFromTheEnd(String peer, String header, String client) {
    var proxies = new TrustedProxies(List.of(AddressBlock.parse("10.0.0.0/8")));

    assertThat(proxies.clientOf(address(peer), List.of(header))).isEqualTo(address(client));
    assertThat(TrustedProxies.NONE.clientOf(address(peer), List.of(header)))
        .isEqualTo(address(peer));
  }

  private static InetAddress address(String text) {
    return AddressLiteral.parse(text).orElseThrow();
  }
}
