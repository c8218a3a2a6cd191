package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program as it is shipped: a folder with {@code bin/millrace}, which is run as a user runs it.
 *
 * @param home the folder
 */
record Program(Path home) {

  Program {
    if (!Files.isExecutable(home.resolve("bin/millrace"))) {
      throw new BenchmarkException("there is no program bin/millrace in " + home);
    }
  }

  /** The access log that is shipped with it. */
  Path exampleLog() {
    return home.resolve("examples/access-2015-05.log.gz");
  }

  /**
   * Runs a command. The launcher becomes the JVM, so the process is that of the application. When
   * this process is ended first, it ends the command and deletes the folder.
   *
   * @param folder for what the command prints and keeps
   */
  Process start(TemporaryFolder folder, List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(home.resolve("bin/millrace").toString());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.outputFile().toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, folder)));
    return process;
  }

  private static void end(Process process, TemporaryFolder folder) {
    process.destroy();
    try {
      process.waitFor(30, TimeUnit.SECONDS);
      folder.close();
    } catch (IOException | InterruptedException failure) {
      System.err.println("Could not delete " + folder.path() + ": " + failure);
    }
  }
}
