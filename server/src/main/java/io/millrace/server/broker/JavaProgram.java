package io.millrace.server.broker;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What it takes to start another JVM like this one.
 *
 * @param java the executable
 * @param classPath absolute paths of jars and folders
 */
public record JavaProgram(Path java, List<Path> classPath) {

  public JavaProgram {
    classPath = List.copyOf(classPath);
  }

  /** The JVM and the class path of this process. */
  public static JavaProgram current() {
    List<Path> classPath =
        Pattern.compile(Pattern.quote(File.pathSeparator))
            .splitAsStream(System.getProperty("java.class.path"))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> Path.of(entry).toAbsolutePath().normalize())
            .toList();
    return new JavaProgram(Path.of(System.getProperty("java.home"), "bin", "java"), classPath);
  }

  /** The command line of a program with these flags for its JVM. */
  public List<String> command(List<String> flags, Class<?> mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(flags);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    command.add(mainClass.getName());
    command.addAll(arguments);
    return command;
  }
}
