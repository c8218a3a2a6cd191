package io.millrace.server;

import picocli.CommandLine;

/** This program's version, as the build wrote it into the jar. */
final class Version implements CommandLine.IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "millrace " + (version == null ? "(not packaged)" : version), "Java " + Runtime.version()
    };
  }
}
