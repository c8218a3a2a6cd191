package io.millrace.bench.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM for a contender: for all of them with the same heap and the same collector. */
final class JavaCommand {
  private static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "-Xms2g", "-Xmx2g", "-XX:+ExitOnOutOfMemoryError");
  private static final List<String> NATIVE =
      List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  private JavaCommand() {}

  /** A class of ours, with the JVM and the class path of this process. */
  static List<String> of(Class<?> mainClass, Job job) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return of(java, NATIVE, System.getProperty("java.class.path"), mainClass.getName(), job);
  }

  static List<String> of(
      Path java, List<String> moreFlags, String classPath, String mainClass, Job job) {
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.addAll(FLAGS);
    command.addAll(moreFlags);
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(job.arguments());
    return command;
  }
}
