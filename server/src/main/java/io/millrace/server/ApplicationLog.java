package io.millrace.server;

import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Where this process logs: warnings to standard error, and, once a command knows its data folder,
 * everything worth knowing to a file there.
 */
public final class ApplicationLog {

  private static final String FOLDER = "millrace.log.folder";

  private ApplicationLog() {}

  /**
   * Logs to {@code millrace.log} in the folder too, unless the system property {@code
   * millrace.log.folder} names another.
   */
  public static void writeTo(Path folder) {
    if (System.getProperty(FOLDER) == null) {
      OwnerFolder.makeForLogs(folder);
      System.setProperty(FOLDER, folder.toString());
      if (LogManager.getContext(false) instanceof org.apache.logging.log4j.core.LoggerContext) {
        Configurator.reconfigure();
      }
    }
  }
}
