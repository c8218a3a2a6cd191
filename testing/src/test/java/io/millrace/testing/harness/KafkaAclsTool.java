package io.millrace.testing.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.tools.AclCommand;

/**
 * Kafka's own tool for access rules, the class behind {@code kafka-acls.sh}, called for each of
 * many commands in one process: starting one for each would take most of the time. A command that
 * fails ends it with that command's exit code.
 */
public final class KafkaAclsTool {
  private KafkaAclsTool() {}

  /**
   * What has a shell understand commands and note their words.
   *
   * @param noted the file to give to {@link #main}
   * @param commands of {@code kafka-acls.sh}, as they are printed for people
   */
  public static String noting(Path noted, String commands) {
    // In place of the script, what writes the words of each command into the file.
    return "kafka-acls.sh() { printf '%%s\\n' \"$@\" '' >> '%s'; }\n".formatted(noted) + commands;
  }

  /** Runs the commands whose words stand in a file, each word and each end in a line. */
  public static void main(String[] arguments) throws IOException {
    List<String> words = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      if (line.isEmpty()) {
        AclCommand.main(words.toArray(String[]::new));
        words.clear();
      } else {
        words.add(line);
      }
    }
  }
}
