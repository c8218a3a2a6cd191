package io.millrace.collector.sender;

import java.time.LocalDate;
import java.util.Map;
import org.apache.kafka.common.KafkaException;

/** A log of salts that several collectors write to and read. Used by one thread at a time. */
interface SaltLog {
  /**
   * The first salt of each day, by the order of the log; a new map, with everything in it that was
   * appended before.
   *
   * @throws KafkaException when the log cannot be read to its end
   */
  Map<LocalDate, byte[]> read();

  /**
   * Adds a salt, which holds if the log has none of that day before it.
   *
   * @throws KafkaException when it may not have been written
   */
  void append(LocalDate day, byte[] salt);
}
