package io.millrace.server.broker;

import java.util.List;

/**
 * Where the brokers of a local Kafka run, and what becomes of one that ends by itself.
 *
 * @param places one for each broker, or none: all of them here
 * @param restarts whether and how a broker that ended by itself is started again
 */
public record Hosting(List<BrokerPlace> places, RestartPolicy restarts) {

  /** All brokers here, and one that ended stays so. */
  public static final Hosting HERE = new Hosting(List.of(), RestartPolicy.NEVER);

  /** Copies the list. */
  public Hosting {
    places = List.copyOf(places);
  }

  /** The same with brokers that are started again, or not. */
  public Hosting withRestarts(RestartPolicy policy) {
    return new Hosting(places, policy);
  }

  /** The same with the brokers elsewhere. */
  public Hosting withPlaces(List<BrokerPlace> others) {
    return new Hosting(others, restarts);
  }

  BrokerPlace place(int index) {
    return places.isEmpty() ? BrokerPlace.HERE : places.get(index);
  }

  void requireFor(int brokers) {
    if (!places.isEmpty() && places.size() != brokers) {
      throw new IllegalArgumentException(
          "places is %s; it must be none, or one for each of %d brokers"
              .formatted(places, brokers));
    }
  }
}
