package io.millrace.server.broker;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses ports nobody listens on.
 *
 * <p>They lie below the range from which operating systems take the local ports of outgoing
 * connections. Asking the system for any port would give one of that range: while its broker is
 * down, a client that keeps trying can then be given the broker's own port, connect to itself and
 * keep the broker from coming back.
 */
public final class FreePorts {

  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 31_999;
  private static final int ATTEMPTS = 2_000;

  private FreePorts() {}

  /**
   * Chooses some.
   *
   * @param count how many
   * @param reserved ports that are not to be chosen, though nobody listens there yet
   */
  public static List<Integer> choose(int count, List<Integer> reserved) {
    List<Integer> ports = new ArrayList<>();
    for (int attempt = 0; attempt < ATTEMPTS && ports.size() < count; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
      if (!ports.contains(port) && !reserved.contains(port) && isFree(port)) {
        ports.add(port);
      }
    }
    if (ports.size() < count) {
      throw new ServerException(
          ServerError.PORT_TAKEN,
          "Found no %d free ports from %d to %d on this machine. Stop what listens there, or name the ports."
              .formatted(count, LOWEST, HIGHEST));
    }
    return ports;
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(BrokerPlace.HERE.address()), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
