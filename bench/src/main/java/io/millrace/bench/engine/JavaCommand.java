package io.millrace.bench.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM for a contender: for all of them with the same collector, and the same heap if it can do.
 */
final class JavaCommand {
  /** Of heap. */
  static final int GIGABYTES = 2;

  private static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
  private static final List<String> NATIVE =
      List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  private JavaCommand() {}

  /** A class of ours, with the JVM and the class path of this process. */
  static List<String> of(Class<?> mainClass, Job job) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return of(
        java, GIGABYTES, NATIVE, System.getProperty("java.class.path"), mainClass.getName(), job);
  }

  static List<String> of(
      Path java,
      int gigabytes,
      List<String> moreFlags,
      String classPath,
      String mainClass,
      Job job) {
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.addAll(FLAGS);
    command.addAll(List.of("-Xms" + gigabytes + "g", "-Xmx" + gigabytes + "g"));
    command.addAll(moreFlags);
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(job.arguments());
    return command;
  }
}
