package io.millrace.bench.engine;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A program that counts clicks per URL, exactly once, and passes every click on enriched. It runs
 * in a process of its own, which is ended when all counts are there.
 */
public interface Contender {

  /** For the table. */
  String name();

  /** Which input it reads. */
  Format format();

  /** The command line that does a job; it goes on running when all is done. */
  List<String> command(Job job);

  /** Topics that it needs besides those of the job, within the namespace. */
  default List<String> furtherTopics() {
    return List.of();
  }

  /**
   * Whether it counts clicks per URL; one that does not is done when all enriched clicks are there.
   */
  default boolean countsUrls() {
    return true;
  }

  /** The count in a record of {@code url-click-counts}. */
  default long count(byte[] value) {
    return ByteBuffer.wrap(value).getLong();
  }

  /** Why it cannot be run here, if it cannot. */
  default Optional<String> obstacle() {
    return Optional.empty();
  }
}
