package io.millrace.server.broker;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a disk has room for a broker to start. After a crash Kafka writes the indexes of its logs
 * anew; where these writes fail, it takes a log that is whole for damaged and empties it. When that
 * is the log of the cluster itself, on most of the brokers, all topics are gone.
 *
 * @param folder of the broker's data; need not be there yet
 */
record BrokerRoom(Path folder) {
  /** For the indexes of some hundred partitions, and whatever else is written first. */
  static final long LEAST_BYTES = 64L << 20;

  /** Whether there is; true where nobody can tell. */
  boolean isEnough() {
    return freeBytes() >= LEAST_BYTES;
  }

  /**
   * Refuses to start on a full disk.
   *
   * @throws ServerException when there is too little room
   */
  void require() {
    long free = freeBytes();
    if (free < LEAST_BYTES) {
      throw new ServerException(
          ServerError.LAUNCH_FAILED,
          "Cannot start Kafka: %s has %d MB left, and %d are needed. Make room on the disk first: a broker that starts on a full one can empty logs that are whole."
              .formatted(folder, free >> 20, LEAST_BYTES >> 20));
    }
  }

  private long freeBytes() {
    try {
      Path known = folder.toAbsolutePath();
      while (known.getParent() != null && !Files.exists(known)) {
        known = known.getParent();
      }
      FileStore disk = Files.getFileStore(known);
      return disk.getUsableSpace();
    } catch (IOException unknown) {
      return Long.MAX_VALUE;
    }
  }
}
