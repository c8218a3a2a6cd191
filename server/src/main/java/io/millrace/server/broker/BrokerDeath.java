package io.millrace.server.broker;

import java.nio.file.Path;
import java.util.List;

/**
 * The end of a broker that nobody had asked for.
 *
 * @param broker its id
 * @param pid its process id
 * @param exitCode what the process ended with; 128 and the signal's number after a signal
 * @param log where it logged
 * @param lastLines the end of its log and of its error output
 */
public record BrokerDeath(int broker, long pid, int exitCode, Path log, List<String> lastLines) {

  /** Copies the list. */
  public BrokerDeath {
    lastLines = List.copyOf(lastLines);
  }

  /** What happened, in words, with the last lines of the log. */
  public String message() {
    return "Kafka broker %d (process %d) ended by itself with exit code %d. Its log is %s and ends with:%n%s"
        .formatted(broker, pid, exitCode, log, String.join(System.lineSeparator(), lastLines));
  }

  boolean isPortTaken() {
    return exitCode == BrokerExit.PORT_TAKEN.code();
  }
}
