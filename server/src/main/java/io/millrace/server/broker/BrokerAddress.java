package io.millrace.server.broker;

/**
 * Where one broker is reached.
 *
 * @param id the broker's node id, from 1
 * @param clientPort for clients and for the other brokers
 * @param controllerPort for the metadata quorum
 */
record BrokerAddress(int id, int clientPort, int controllerPort) {

  static final String HOST = "127.0.0.1";

  String client() {
    return HOST + ":" + clientPort;
  }

  String controller() {
    return HOST + ":" + controllerPort;
  }

  String rack() {
    return "rack-" + (char) ('a' + id - 1);
  }
}
