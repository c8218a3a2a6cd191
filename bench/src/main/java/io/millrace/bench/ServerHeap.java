package io.millrace.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The heap of another JVM of the same user, as the JDK's {@code jcmd} tells it. JMX would be
 * quicker, but the program deserializes nothing, and so answers none of its calls.
 */
record ServerHeap(ProcessHandle process) {
  private static final String LOOK = "GC.run\nGC.heap_info\n";
  private static final int LOOKS = 3;

  /** Of a generation or of the whole heap; what is no part of the heap has no total. */
  private static final Pattern USED = Pattern.compile(" total .*\\bused (\\d+)K");

  /**
   * What is in use, in bytes: after a collection, and the least of a few, as much else goes on.
   *
   * @param folder for a file of commands
   */
  long live(TemporaryFolder folder) throws IOException {
    Path commands = folder.path().resolve("jcmd.txt");
    Files.writeString(commands, LOOK.repeat(LOOKS));
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "-f",
                commands.toString())
            .redirectErrorStream(true)
            .start();
    String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return usedBytes(answer).stream()
        .min(Long::compare)
        .orElseThrow(() -> new BenchmarkException("the heap cannot be looked at: " + answer));
  }

  /** What each of several answers of {@code GC.heap_info} says is used, of all generations. */
  static List<Long> usedBytes(String answers) {
    var looks = new ArrayList<Long>();
    boolean isSame = false;
    for (String line : answers.lines().toList()) {
      Matcher matcher = USED.matcher(line);
      if (matcher.find()) {
        long used = 1024 * Long.parseLong(matcher.group(1));
        looks.add(isSame ? looks.removeLast() + used : used);
        isSame = true;
      } else if (line.startsWith("Command executed") || line.contains("Metaspace")) {
        isSame = false;
      }
    }
    return looks;
  }
}
