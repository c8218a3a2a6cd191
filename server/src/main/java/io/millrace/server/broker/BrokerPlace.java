package io.millrace.server.broker;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where one broker of a local Kafka runs when that is not simply here: at an address of its own,
 * with its data on a disk of its own, as if it had a machine of its own.
 *
 * @param address the address, as digits, that it listens on and that its clients and peers use
 * @param dataFolder where it keeps its data; empty for a folder within the cluster's
 * @param enter the command that its own is given to as arguments and that becomes it, such as
 *     {@code nsenter --net=FILE}; empty for none. It must keep its process id, which is the
 *     broker's
 * @param environment what the process's environment has beside this one's
 */
public record BrokerPlace(
    String address,
    Optional<Path> dataFolder,
    List<String> enter,
    Map<String, String> environment) {

  /** On this machine's loopback address, with its data in the cluster's folder. */
  public static final BrokerPlace HERE =
      new BrokerPlace("127.0.0.1", Optional.empty(), List.of(), Map.of());

  /** Checks the address, makes the folder absolute and copies the rest. */
  public BrokerPlace {
    InetAddress.ofLiteral(address);
    dataFolder = dataFolder.map(folder -> folder.toAbsolutePath().normalize());
    enter = List.copyOf(enter);
    environment = Map.copyOf(environment);
  }

  /** The same at another address, in a process that is put where that address is. */
  public BrokerPlace at(String otherAddress, List<String> enterCommand) {
    return new BrokerPlace(otherAddress, dataFolder, enterCommand, environment);
  }

  /** The same with its data elsewhere. */
  public BrokerPlace withDataFolder(Path folder) {
    return new BrokerPlace(address, Optional.of(folder), enter, environment);
  }

  /** The same with something else in its process's environment. */
  public BrokerPlace withEnvironment(Map<String, String> variables) {
    return new BrokerPlace(address, dataFolder, enter, variables);
  }
}
