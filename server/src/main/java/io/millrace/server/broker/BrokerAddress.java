package io.millrace.server.broker;

/**
 * Where one broker is reached.
 *
 * @param id the broker's node id, from 1
 * @param host its address, as digits
 * @param clientPort for clients, and for the other brokers unless these have a port of their own
 * @param controllerPort for the metadata quorum
 * @param brokerPort for the other brokers of a secured Kafka; 0 where it is not secured
 */
record BrokerAddress(int id, String host, int clientPort, int controllerPort, int brokerPort) {

  String client() {
    return host + ":" + clientPort;
  }

  String controller() {
    return host + ":" + controllerPort;
  }

  String broker() {
    return host + ":" + brokerPort;
  }

  String rack() {
    return "rack-" + (char) ('a' + id - 1);
  }
}
