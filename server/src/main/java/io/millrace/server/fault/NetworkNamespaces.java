package io.millrace.server.fault;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The namespaces of one {@link HostNetwork}, and the tools of the system that make them. Their
 * names tell the process that made them, so that what it leaves when it is killed can be removed.
 *
 * @param prefix what all of their names begin with
 * @param subnet the first three bytes of all addresses, of the range for tests of networks (RFC
 *     2544), which is nobody's
 * @param device the name of the clients' end of their cable
 * @param hosts how many
 */
record NetworkNamespaces(String prefix, String subnet, String device, int hosts) {

  private static final Path FOLDER = Path.of("/run/netns");
  private static final Pattern NAME = Pattern.compile("millrace-(\\d+)-[0-9a-f]+-.*");
  private static final String SWITCH = "switch";
  private static final int CLIENTS = 254;

  /** Names and addresses that nobody uses. */
  static NetworkNamespaces name(int hosts) {
    String mark = "%06x".formatted(ThreadLocalRandom.current().nextInt(1 << 24));
    return new NetworkNamespaces(
        "millrace-%d-%s-".formatted(ProcessHandle.current().pid(), mark),
        freeSubnet(),
        "mr" + mark,
        hosts);
  }

  /** Removes what processes that are gone have left. */
  static void removeOrphans() {
    for (String name : names()) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches() && !isAlive(Long.parseLong(matcher.group(1)))) {
        ip("netns", "delete", name);
      }
    }
  }

  String address(int host) {
    return subnet + "." + host;
  }

  String clientAddress() {
    return address(CLIENTS);
  }

  /** The command that puts the command after it into a namespace. */
  List<String> enter(String namespace) {
    return List.of("nsenter", "--net=" + FOLDER.resolve(prefix + namespace));
  }

  void create() {
    ip("netns", "add", prefix + SWITCH);
    inSwitch("ip", "link", "add", "bridge", "type", "bridge");
    inSwitch("ip", "link", "set", "bridge", "up");
    for (int host = 1; host <= hosts; host++) {
      addHost("h" + host, address(host));
    }
    plug(HostNetwork.CLIENTS, device, Long.toString(ProcessHandle.current().pid()));
    ip("address", "add", clientAddress() + "/24", "dev", device);
    ip("link", "set", device, "up");
  }

  private void addHost(String host, String address) {
    ip("netns", "add", prefix + host);
    plug(host, "eth0", prefix + host);
    in(host, "ip", "link", "set", "lo", "up");
    in(host, "ip", "address", "add", address + "/24", "dev", "eth0");
    in(host, "ip", "link", "set", "eth0", "up");
  }

  /** A cable from the switch into a namespace. */
  private void plug(String port, String end, String namespace) {
    inSwitch("ip", "link", "add", port, "type", "veth", "peer", "name", end, "netns", namespace);
    inSwitch("ip", "link", "set", port, "master", "bridge", "up");
  }

  void filter(SwitchRules rules) {
    new SystemCommand(line(SWITCH, "nft", "-f", "-")).run(rules.text());
  }

  void limit(NetworkHost host, int megabits) {
    String rate = megabits + "mbit";
    in(host.port(), rateOf("eth0", rate));
    inSwitch(rateOf(host.port(), rate));
  }

  private static String[] rateOf(String end, String rate) {
    return new String[] {
      "tc", "qdisc", "replace", "dev", end, "root", "tbf", "rate", rate, "burst", "32kb", "latency",
      "400ms"
    };
  }

  void unlimit(NetworkHost host) {
    // One that is not there is no error: half a limit is undone too.
    end(line(host.port(), "tc", "qdisc", "delete", "dev", "eth0", "root"));
    end(line(SWITCH, "tc", "qdisc", "delete", "dev", host.port(), "root"));
  }

  /** Deletes what there is. A cable goes with either of its ends. */
  void delete() {
    for (String name : names()) {
      if (name.startsWith(prefix)) {
        ip("netns", "delete", name);
      }
    }
  }

  private void inSwitch(String... words) {
    in(SWITCH, words);
  }

  private void in(String namespace, String... words) {
    new SystemCommand(line(namespace, words)).run();
  }

  private List<String> line(String namespace, String... words) {
    List<String> line = new ArrayList<>(enter(namespace));
    line.addAll(List.of(words));
    return line;
  }

  private static void ip(String... words) {
    List<String> line = new ArrayList<>(List.of("ip"));
    line.addAll(List.of(words));
    new SystemCommand(line).run();
  }

  private static void end(List<String> line) {
    new SystemCommand(line).end("");
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).isPresent();
  }

  private static List<String> names() {
    if (!Files.isDirectory(FOLDER)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException problem) {
      throw failure("Cannot read " + FOLDER, problem);
    }
  }

  private static String freeSubnet() {
    try {
      List<String> used =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .map(address -> address.getHostAddress())
              .toList();
      while (true) {
        String subnet = "198.18." + ThreadLocalRandom.current().nextInt(256);
        if (used.stream().noneMatch(address -> address.startsWith(subnet + "."))) {
          return subnet;
        }
      }
    } catch (SocketException problem) {
      throw failure("Cannot list the addresses of this machine", problem);
    }
  }

  private static ServerException failure(String what, Exception cause) {
    return new ServerException(
        ServerError.FAULT_FAILED, "%s: %s.".formatted(what, cause.getMessage()), cause);
  }
}
