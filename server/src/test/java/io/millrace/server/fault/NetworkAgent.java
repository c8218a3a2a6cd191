package io.millrace.server.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What runs on a host of a network in tests: sends back what comes over TCP, counts what comes over
 * UDP, and does what its standard input says. Ends with it.
 */
final class NetworkAgent {

  static final int ECHO_PORT = 7_000;
  static final int COUNT_PORT = 7_001;
  private static final int PATIENCE_MILLISECONDS = 1_500;

  private static final AtomicInteger heard = new AtomicInteger();

  private NetworkAgent() {}

  public static void main(String[] arguments) throws IOException {
    var listener = new ServerSocket(ECHO_PORT);
    var datagrams = new DatagramSocket(COUNT_PORT);
    Thread.ofPlatform().daemon().start(() -> echo(listener));
    Thread.ofPlatform().daemon().start(() -> count(datagrams));
    System.out.println("ready");
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ", -1);
      System.out.println(
          switch (words[0]) {
            case "reach" -> reaches(words[1]);
            case "send" -> send(words[1], Integer.parseInt(words[2]));
            case "heard" -> heard.getAndSet(0);
            default -> throw new IllegalArgumentException(line);
          });
    }
  }

  /** Whether a byte goes to a host and comes back. */
  static boolean reaches(String address) {
    try (var socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLISECONDS);
      socket.connect(new InetSocketAddress(address, ECHO_PORT), PATIENCE_MILLISECONDS);
      socket.getOutputStream().write('x');
      return socket.getInputStream().read() == 'x';
    } catch (IOException lost) {
      return false;
    }
  }

  private static int send(String address, int packets) throws IOException {
    try (var socket = new DatagramSocket()) {
      var packet = new DatagramPacket(new byte[10], 10, InetAddress.getByName(address), COUNT_PORT);
      for (int number = 0; number < packets; number++) {
        socket.send(packet);
        // Not so many at once that the receiver's buffer overflows.
        Thread.sleep(number % 20 == 0 ? 5 : 0);
      }
      return packets;
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }

  private static void echo(ServerSocket listener) {
    while (true) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual()
            .start(
                () -> {
                  try (client) {
                    client.getInputStream().transferTo(client.getOutputStream());
                  } catch (IOException ended) {
                    // The client has gone.
                  }
                });
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void count(DatagramSocket datagrams) {
    while (true) {
      try {
        datagrams.receive(new DatagramPacket(new byte[10], 10));
        heard.incrementAndGet();
      } catch (IOException closed) {
        return;
      }
    }
  }
}
