package io.millrace.server.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs this program once, as its user would, while its JVM notes which classes that takes. When it
 * ends, the JVM writes them into the cache.
 */
final class ApplicationTraining {

  private static final int LIMIT_SECONDS = 180;

  private final AotCache cache;

  ApplicationTraining(AotCache cache) {
    this.cache = cache;
  }

  void run() {
    try (TrainingFolder folder = TrainingFolder.create()) {
      cache.prepare();
      Process program = start(folder.path());
      try (BufferedReader output = program.inputReader()) {
        // It ends by itself; its report is read so that it never waits for a reader.
        output.transferTo(Writer.nullWriter());
        if (!program.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          throw new IOException("the program did not end within " + LIMIT_SECONDS + " s");
        }
      } finally {
        program.destroyForcibly();
      }
      cache.complete();
    } catch (IOException problem) {
      throw TrainingFolder.failure(problem);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw TrainingFolder.failure(stop);
    }
  }

  private Process start(Path folder) throws IOException {
    List<String> flags =
        new ArrayList<>(
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-XX:AOT"))
                .toList());
    flags.addAll(cache.makeFlags());
    List<String> command =
        JavaProgram.current()
            .command(
                flags,
                io.millrace.server.Main.class,
                List.of(
                    "demo",
                    "--for",
                    "10s",
                    "--rate",
                    "200",
                    "--port",
                    "0",
                    "--data",
                    folder.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
