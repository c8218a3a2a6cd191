package io.millrace.server.instance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files of other modules that this one hands on. */
final class Resources {
  private static final String TRACKER = "/io/millrace/web/tracker/millrace.js";

  private Resources() {}

  static byte[] tracker() {
    try (InputStream resource = Resources.class.getResourceAsStream(TRACKER)) {
      if (resource == null) {
        throw new IllegalStateException(TRACKER + " is missing from the program");
      }
      return resource.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + TRACKER, failure);
    }
  }
}
