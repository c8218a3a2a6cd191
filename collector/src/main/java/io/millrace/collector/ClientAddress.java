package io.millrace.collector;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.millrace.collector.sender.TrustedProxies;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Whose limit a request counts against: its address, or the network of 64 bits that an address of
 * version 6 is in, since everybody has one of those. Safe for any number of threads. What a proxy
 * says of the client is believed of those proxies alone that are ours.
 */
public final class ClientAddress {
  private static final int NETWORK_BYTES = 8;

  private final TrustedProxies proxies;

  public ClientAddress(TrustedProxies proxies) {
    this.proxies = proxies;
  }

  /** Equal for requests that count together. */
  public Object of(ServerRequest request) {
    return client(request).map(ClientAddress::networkOf).orElse("");
  }

  /** Whether a program on this machine asks for itself. */
  boolean isOfThisMachine(ServerRequest request) {
    return client(request).filter(InetAddress::isLoopbackAddress).isPresent();
  }

  private Optional<InetAddress> client(ServerRequest request) {
    if (!(request.remotePeer().address() instanceof InetSocketAddress peer)
        || peer.getAddress() == null) {
      return Optional.empty();
    }
    List<String> forwarded = request.headers().all(HeaderNames.X_FORWARDED_FOR, List::of);
    return Optional.of(proxies.clientOf(peer.getAddress(), forwarded));
  }

  /** Equal for addresses that count together. */
  static Object networkOf(InetAddress client) {
    return client instanceof Inet6Address
        ? ByteBuffer.wrap(client.getAddress(), 0, NETWORK_BYTES).slice()
        : client;
  }
}
