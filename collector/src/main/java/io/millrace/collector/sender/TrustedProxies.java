package io.millrace.collector.sender;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Finds the client behind the proxies that are ours.
 *
 * <p>Each proxy appends the address it was called from to {@code X-Forwarded-For}, so the list is
 * read from its end, and only as far as every address so far belongs to a trusted proxy. Whatever
 * stands before that the client could have written itself.
 */
public record TrustedProxies(List<AddressBlock> blocks) {
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  public TrustedProxies {
    blocks = List.copyOf(blocks);
  }

  /**
   * The nearest address that is not one of the proxies.
   *
   * @param peer who opened the connection
   * @param forwardedFor the values of the header in the order they came, each a list with commas
   */
  public InetAddress clientOf(InetAddress peer, List<String> forwardedFor) {
    if (blocks.isEmpty() || forwardedFor.isEmpty() || !trusts(peer)) {
      return peer;
    }
    String[] hops = String.join(",", forwardedFor).split(",", -1);
    InetAddress client = peer;
    for (int i = hops.length - 1; i >= 0; i--) {
      Optional<InetAddress> hop = AddressLiteral.parse(withoutPort(hops[i].strip()));
      if (hop.isEmpty()) {
        return client;
      }
      client = hop.get();
      if (!trusts(client)) {
        return client;
      }
    }
    return client;
  }

  /** Whether what this address says of others is believed. */
  public boolean trusts(InetAddress address) {
    for (AddressBlock block : blocks) {
      if (block.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /** Some proxies write {@code 203.0.113.9:4711} and {@code [2001:db8::1]:4711}. */
  private static String withoutPort(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      return end < 0 ? hop : hop.substring(1, end);
    }
    int colon = hop.indexOf(':');
    return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
  }
}
