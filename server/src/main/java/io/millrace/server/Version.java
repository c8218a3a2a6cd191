package io.millrace.server;

import picocli.CommandLine;

/** This program's version, as the build wrote it into the jar. */
public final class Version implements CommandLine.IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"millrace " + number(), "Java " + Runtime.version()};
  }

  /** The number alone. */
  public static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
