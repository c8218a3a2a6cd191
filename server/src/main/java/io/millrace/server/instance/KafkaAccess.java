package io.millrace.server.instance;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** How an instance comes to its Kafka. */
@FunctionalInterface
interface KafkaAccess {

  /**
   * Makes sure that there is one.
   *
   * @param folder the data folder, held by this process
   * @param parts where to add what is to be stopped after everything that uses it
   * @param announce is told in a few words what comes next
   * @param failure is told when it is gone for good
   * @return settings that any client needs to reach it, by Kafka's names
   */
  Map<String, String> open(
      Path folder, Parts parts, Consumer<String> announce, Consumer<String> failure);

  /** Whether other processes may do the same work on it. */
  default boolean isShared() {
    return true;
  }

  /** One that somebody else runs. */
  static KafkaAccess of(Map<String, String> connection) {
    return (folder, parts, announce, failure) -> {
      announce.accept("Connecting to Kafka");
      return connection;
    };
  }
}
